// The first layer with NaN or infinity is the one that is named.
#include "runtime/abi/Check.h"
#include "test/runtime/Support.h"

#include <cmath>

using namespace nnrt;

TEST(Check, KeepsTheFirstFailure) {
  float good[] = {1, 2}, bad[] = {1, NAN}, infinite[] = {-INFINITY, 0};
  resetChecks();
  nnrt_check(0, good, 2);
  EXPECT_EQ(firstFailedCheck(), -1);
  nnrt_check(3, bad, 1); // the second value is not looked at
  EXPECT_EQ(firstFailedCheck(), -1);
  nnrt_check(1, infinite, 2);
  nnrt_check(2, bad, 2);
  EXPECT_EQ(firstFailedCheck(), 1);
  resetChecks();
  EXPECT_EQ(firstFailedCheck(), -1);
}
