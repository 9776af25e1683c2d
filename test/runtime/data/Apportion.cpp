// Whole numbers for shares: sums are kept, and nothing is off by one or more.
#include "runtime/data/Apportion.h"
#include "runtime/base/Philox.h"
#include "test/runtime/Support.h"

#include <cmath>
#include <numeric>

using namespace nnrt;

TEST(Apportion, LargestRemaindersGetTheRest) {
  EXPECT_EQ(apportion(10, {0.7, 0.15, 0.15}), (std::vector<int64_t>{7, 2, 1}));
  EXPECT_EQ(apportion(203, {0.9, 0.1}), (std::vector<int64_t>{183, 20}));
  EXPECT_EQ(apportion(10, {1 - 0.1 - 0.2, 0.1, 0.2}), (std::vector<int64_t>{7, 1, 2}));
  EXPECT_EQ(apportion(7, std::vector<double>(3, 1 / 3.0)), (std::vector<int64_t>{3, 2, 2}));
}

TEST(Apportion, EveryClassAndEveryPartIsWithinOne) {
  RandomStream random({1, purposeOf("test")});
  for (int round = 0; round < 2000; ++round) {
    std::vector<double> shares(2 + random.below(4));
    double sum = 0;
    for (double &share : shares)
      sum += share = double(1 + random.below(20));
    for (double &share : shares)
      share /= sum;
    std::vector<int64_t> classes(1 + random.below(8));
    for (int64_t &count : classes)
      count = int64_t(1 + random.below(round % 2 ? 5 : 60));
    auto table = apportionClasses(classes, shares);
    int64_t all = std::accumulate(classes.begin(), classes.end(), int64_t(0));
    std::vector<int64_t> parts(shares.size());
    for (size_t c = 0; c < classes.size(); ++c) {
      EXPECT_EQ(std::accumulate(table[c].begin(), table[c].end(), int64_t(0)), classes[c]);
      for (size_t part = 0; part < shares.size(); ++part) {
        EXPECT_LT(std::abs(double(table[c][part]) - shares[part] * double(classes[c])), 1);
        parts[part] += table[c][part];
      }
    }
    EXPECT_EQ(parts, apportion(all, shares)) << "round " << round;
  }
}
