// Overflow anywhere in a chain makes the end invalid.
#include "runtime/base/Checked.h"
#include "test/runtime/Support.h"

using nnrt::Checked;

TEST(Checked, KeepsValuesWithinTheLimit) {
  EXPECT_EQ((Checked(6) * 7 + 1).atMost(43), 43u);
  EXPECT_FALSE((Checked(6) * 7 + 1).atMost(42));
}

TEST(Checked, OverflowStaysInvalid) {
  uint64_t big = uint64_t(1) << 62;
  EXPECT_FALSE((Checked(big) * 4).atMost(UINT64_MAX));
  EXPECT_FALSE((Checked(big) * 4 * 0).atMost(UINT64_MAX));
  EXPECT_FALSE((Checked(UINT64_MAX) + 1).atMost(UINT64_MAX));
}
