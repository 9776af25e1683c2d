// The known answers are those of the Random123 distribution (kat_vectors, philox4x32 with 10 rounds).
#include "runtime/base/Philox.h"
#include "test/runtime/Support.h"

#include <cmath>

using namespace nnrt;

TEST(Philox, KnownAnswers) {
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}), (PhiloxWords{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (PhiloxWords{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (PhiloxWords{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

// The published values of 32-bit FNV-1a.
TEST(Philox, PurposeIsFnv1a) {
  EXPECT_EQ(purposeOf(""), 0x811c9dc5u);
  EXPECT_EQ(purposeOf("a"), 0xe40c292cu);
  EXPECT_EQ(purposeOf("foobar"), 0xbf9cf968u);
}

TEST(Philox, CounterHasElementRowTimeAndPurpose) {
  KeyedRandom random{0x299f31d0a4093822u, 0x03707344, 0x13198a2e, 0x85a308d3};
  EXPECT_EQ(random.words(0x243f6a88)[0], 0xd16cfe09);
  EXPECT_EQ(random.uniform(0x243f6a88), (0xd16cfe09 >> 8) * std::pow(2.0, -24));
}

TEST(Philox, MomentsOfUniformAndNormal) {
  KeyedRandom random{1, purposeOf("test")};
  constexpr uint32_t count = 100000;
  double uniforms = 0, normals = 0, squares = 0;
  for (uint32_t i = 0; i < count; ++i) {
    uniforms += random.uniform(i);
    normals += random.normal(i);
    squares += random.normal(i) * random.normal(i);
  }
  EXPECT_NEAR(uniforms / count, 0.5, 0.005);
  EXPECT_NEAR(normals / count, 0, 0.01);
  EXPECT_NEAR(squares / count, 1, 0.02);
}

TEST(Philox, BelowReachesEveryValueAndNoOther) {
  KeyedRandom random{7, purposeOf("test")};
  int seen[5] = {};
  for (uint32_t i = 0; i < 1000; ++i) {
    uint64_t value = random.below(i, 5);
    ASSERT_LT(value, 5u);
    ++seen[value];
  }
  for (int count : seen)
    EXPECT_GT(count, 150);
}
