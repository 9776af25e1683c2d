// Ranges, quartiles, outliers and histograms against numbers worked out by hand, and places of the ascending
// order against sorting.
#include "runtime/data/report/Numbers.h"
#include "runtime/data/report/OrderStatistics.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

using namespace nnrt;

namespace {

struct OneColumn {
  Column column;
  Indices records;
  FieldValues values;

  explicit OneColumn(Doubles numbers) {
    for (size_t i = 0; i < numbers.size(); ++i)
      records.push_back(int64_t(i));
    column.values = std::move(numbers);
    values.pieces = {{&column, &records}};
  }
  OneColumn(const OneColumn &) = delete;
};

int64_t totalOf(const Numbers &numbers) {
  int64_t total = 0;
  for (int64_t count : numbers.histogram)
    total += count;
  return total;
}

} // namespace

TEST(ReportNumbers, AreThoseWorkedOutByHand) {
  OneColumn one({4, 1, NAN, 3, 2, 100});
  Numbers numbers = numbersOf(one.values);
  EXPECT_EQ(numbers.count, 5);
  EXPECT_EQ(numbers.missing, 1);
  EXPECT_EQ(numbers.smallest, 1);
  EXPECT_EQ(numbers.lowerQuartile, 2);
  EXPECT_EQ(numbers.median, 3);
  EXPECT_EQ(numbers.upperQuartile, 4);
  EXPECT_EQ(numbers.largest, 100);
  EXPECT_EQ(numbers.mean, 22);
  EXPECT_NEAR(numbers.sd, std::sqrt((18.0 * 18 + 21 * 21 + 19 * 19 + 20 * 20 + 78 * 78) / 5), 1e-12);
  EXPECT_EQ(numbers.outliers, 1); // beyond 4 + 1.5 * 2
  EXPECT_EQ(numbers.binWidth, 4); // 100 whole numbers in at most 30 parts
  ASSERT_EQ(numbers.histogram.size(), 25u);
  EXPECT_EQ(numbers.histogram[0], 4);
  EXPECT_EQ(numbers.histogram[24], 1);
}

// NumPy: percentile([1, 2, 3, 4], [25, 50, 75]) is 1.75, 2.5, 3.25.
TEST(ReportNumbers, QuantilesLieBetweenValuesAsNumPys) {
  OneColumn one({3, 1, 4, 2});
  EXPECT_EQ(quantiles(one.values, 4, {0, 0.25, 0.5, 0.75, 1}), (std::vector<double>{1, 1.75, 2.5, 3.25, 4}));
}

// Quartiles 2 and 4: the border is 7.
TEST(ReportNumbers, AValueAtTheBorderIsNoOutlier) {
  OneColumn at({1, 2, 3, 4, 7}), beyond({1, 2, 3, 4, 7.5}), constant({5, 5, 5, 5, 5, 5, 5.5});
  EXPECT_EQ(numbersOf(at.values).outliers, 0);
  EXPECT_EQ(numbersOf(beyond.values).outliers, 1);
  EXPECT_EQ(numbersOf(constant.values).outliers, 1);
}

TEST(ReportNumbers, NoValueAndOneValue) {
  OneColumn none({NAN, INFINITY}), one({-2.5});
  EXPECT_EQ(numbersOf(none.values).count, 0);
  EXPECT_EQ(numbersOf(none.values).missing, 2);
  Numbers numbers = numbersOf(one.values);
  EXPECT_EQ(numbers.median, -2.5);
  EXPECT_EQ(numbers.sd, 0);
  EXPECT_EQ(numbers.histogram, (std::vector<int64_t>{1}));
}

TEST(ReportNumbers, HugeRangesDoNotLoseValues) {
  OneColumn one({-1.7e308, 1.7e308, 0, 1e-300});
  Numbers numbers = numbersOf(one.values);
  EXPECT_EQ(totalOf(numbers), 4);
  EXPECT_EQ(numbers.smallest, -1.7e308);
  EXPECT_EQ(numbers.largest, 1.7e308);
}

TEST(ReportNumbers, PlacesOfTheOrderAreThoseOfSorting) {
  Doubles numbers;
  uint64_t state = 1;
  for (int i = 0; i < 5000; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    double size = std::ldexp(double(state >> 40), int(state >> 20 & 63) - 40);
    numbers.push_back(i % 7 == 0 ? 0.0 : i % 3 ? size : -size);
  }
  OneColumn one(numbers);
  std::sort(numbers.begin(), numbers.end());
  std::vector<int64_t> places = {0, 1, 2, 1250, 2499, 2500, 3750, 4998, 4999};
  std::vector<double> found = valuesAtPlaces(one.values, places);
  for (size_t i = 0; i < places.size(); ++i)
    EXPECT_EQ(found[i], numbers[size_t(places[i])]) << places[i];
}

// Of rows of three elements, the second, in two of three records.
TEST(ReportNumbers, ElementsAndRecordsCanBeChosen) {
  OneColumn one({0, 10, 0, 0, 20, 0, 0, 30, 0});
  one.column.width = 3;
  Indices some = {0, 2};
  FieldValues values{{{&one.column, &some}}, 1, 1, 3};
  Numbers numbers = numbersOf(values);
  EXPECT_EQ(numbers.count, 2);
  EXPECT_EQ(numbers.mean, 20);
}
