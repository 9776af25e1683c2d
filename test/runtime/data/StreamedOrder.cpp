// The order of a stream is that of the sorted list, however few values may be held.
#include "runtime/data/StreamedOrder.h"
#include "runtime/base/Philox.h"
#include "runtime/data/Quantiles.h"
#include "runtime/data/RecordStore.h"
#include "test/runtime/Support.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;

namespace {

// Close and far values, equal ones, both signs, both zeros, infinities.
std::vector<double> values(int64_t count) {
  std::vector<double> all = {0.0, -0.0, INFINITY, -INFINITY, 5e-324, -5e-324, 1.7e308};
  RandomStream random({1, purposeOf("test")});
  while (int64_t(all.size()) < count) {
    double value = random.normal();
    switch (random.below(4)) {
    case 0:
      all.push_back(std::round(value));
      break;
    case 1:
      all.push_back(1 + value * 1e-15);
      break;
    case 2:
      all.push_back(value * std::exp(20 * random.normal()));
      break;
    default:
      all.push_back(7.25);
    }
  }
  return all;
}

} // namespace

TEST(StreamedOrder, IsThatOfTheSortedList) {
  std::vector<double> list = values(5000), sorted = list;
  std::sort(sorted.begin(), sorted.end());
  for (size_t most : {1, 10, 300, 100000}) {
    size_t held = 0;
    StreamedOrder order(
        [&](const StreamedOrder::Use &use) {
          for (double value : list)
            use(value, 1);
          ++held;
        },
        most);
    for (int64_t place : {0, 1, 2, 100, 1249, 2500, 3749, 4998, 4999})
      EXPECT_EQ(order.at(place), sorted[size_t(place)]) << most;
    std::vector<double> all;
    if (most > 1) // a value a pass would take long
      order.each([&](double value, int64_t times) {
        EXPECT_TRUE(all.empty() || all.back() < value);
        all.insert(all.end(), size_t(times), value);
      });
    EXPECT_TRUE(most == 1 || all == sorted);
  }
}

TEST(StreamedOrder, CountsTimes) {
  StreamedOrder order(
      [](const StreamedOrder::Use &use) {
        use(3, 10);
        use(1, 2);
        use(3, 5);
        use(2, 1);
      },
      2);
  std::vector<double> first;
  for (int64_t place : {0, 1, 2, 3, 17})
    first.push_back(order.at(place));
  EXPECT_EQ(first, (std::vector<double>{1, 1, 2, 3, 3}));
  std::vector<std::pair<double, int64_t>> all;
  order.each([&](double value, int64_t times) { all.emplace_back(value, times); });
  EXPECT_EQ(all, (std::vector<std::pair<double, int64_t>>{{1, 2}, {2, 1}, {3, 15}}));
}

// What is fitted under --memory is what is fitted without it.
TEST(StreamedOrder, QuantilesAndModesAreThoseInMemory) {
  std::vector<double> list = values(20000);
  ChannelValues source([&](int64_t, const ChannelValues::Use &use) {
    for (double value : list)
      use(value, 1);
  });
  auto numbers = [&] {
    SortedValues sorted(source, 0);
    return std::vector<double>{double(sorted.count()), sorted.smallest(),      sorted.largest(),
                               sorted.quantile(0.25),  sorted.quantile(0.5),   sorted.quantile(0.75),
                               sorted.quantile(0.1),   sorted.quantile(0.999), sorted.mode()};
  };
  std::vector<double> inMemory = numbers();
  limitRecordMemory(1 << 20, "");
  EXPECT_EQ(numbers(), inMemory);
  limitRecordMemory(0, "");
  EXPECT_EQ(inMemory[8], 7.25);
}
