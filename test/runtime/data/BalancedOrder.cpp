// A round has as many rows as there are records and every class as often as another; a record comes as often
// as another of its class, and never twice with the same number.
#include "runtime/data/BalancedOrder.h"
#include "runtime/data/Permutation.h"
#include "test/runtime/Support.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace nnrt;
using namespace nntest;

namespace {

constexpr int64_t records = 1000;
// 10, 90 and 900 records.
double classOf(int64_t record) {
  return record % 100 == 7 ? 5 : record % 10 == 3 && record % 100 != 3 ? 8 : 1;
}

std::vector<BatchRow> roundOf(const BalancedOrder &order, int64_t round) {
  std::vector<BatchRow> rows;
  for (int64_t place = round * records; place < (round + 1) * records; ++place)
    rows.push_back(order.at(place));
  return rows;
}

bool same(const std::vector<BatchRow> &a, const std::vector<BatchRow> &b) {
  return std::equal(a.begin(), a.end(), b.begin(), [](const BatchRow &one, const BatchRow &other) {
    return one.record == other.record && one.round == other.round;
  });
}

} // namespace

TEST(BalancedOrder, OneNumberOfAPermutationIsAPermutation) {
  for (int64_t count : {1, 5, 64, 1000, 70000}) {
    std::vector<int64_t> image;
    for (int64_t i = 0; i < count; ++i)
      image.push_back(permuted(i, count, {1, purposeOf("test"), 2}));
    std::vector<int64_t> sorted = image;
    std::sort(sorted.begin(), sorted.end());
    for (int64_t i = 0; i < count; ++i)
      ASSERT_EQ(sorted[size_t(i)], i);
    EXPECT_EQ(image == sorted, count == 1) << count;
  }
}

// Each of the six orders of three numbers comes as often.
TEST(BalancedOrder, AllPermutationsAreAsLikely) {
  std::map<int64_t, int> times;
  for (uint64_t seed = 0; seed < 6000; ++seed) {
    int64_t order = 0;
    for (int64_t i = 0; i < 3; ++i)
      order = order * 3 + permuted(i, 3, {seed, purposeOf("test")});
    ++times[order];
  }
  EXPECT_EQ(times.size(), 6u);
  for (auto [order, count] : times)
    EXPECT_NEAR(count, 1000, 5 * std::sqrt(833.0)) << order;
}

TEST(BalancedOrder, ClassesAndTheirRecordsComeEquallyOften) {
  for (std::optional<uint64_t> seed : {std::optional<uint64_t>(4), std::optional<uint64_t>()}) {
    BalancedOrder order(Indices::all(records), classOf, seed, "test", 1);
    std::map<int64_t, int> times;
    std::set<std::pair<int64_t, uint32_t>> keys;
    for (int64_t round = 0; round < 5; ++round) {
      std::map<double, int> classes;
      for (BatchRow row : roundOf(order, round)) {
        ++classes[classOf(row.record)];
        ++times[row.record];
        EXPECT_GE(row.round, 1u);
        EXPECT_TRUE(keys.insert({row.record, row.round}).second);
      }
      ASSERT_EQ(classes.size(), 3u);
      for (auto [value, count] : classes)
        EXPECT_NEAR(count, records / 3.0, 1);
    }
    std::map<double, std::pair<int, int>> extremes;
    for (int64_t record = 0; record < records; ++record) {
      auto [place, isNew] = extremes.try_emplace(classOf(record), times[record], times[record]);
      place->second = {std::min(place->second.first, times[record]),
                       std::max(place->second.second, times[record])};
    }
    for (auto [value, range] : extremes)
      EXPECT_LE(range.second - range.first, 1) << value;
  }
}

TEST(BalancedOrder, IsKeyed) {
  BalancedOrder order(Indices::all(records), classOf, 4, "test", 1),
      again(Indices::all(records), classOf, 4, "test", 1),
      other(Indices::all(records), classOf, 5, "test", 1);
  EXPECT_TRUE(same(roundOf(order, 1), roundOf(again, 1)));
  EXPECT_FALSE(same(roundOf(order, 1), roundOf(other, 1)));
  EXPECT_FALSE(same(roundOf(order, 1), roundOf(order, 2)));
}
