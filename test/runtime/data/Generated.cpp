// Generated records depend on seed, split and index only, have their classes in even shares, and refuse
// arguments that nobody asked for.
#include "runtime/data/Generated.h"
#include "runtime/base/ThreadPool.h"
#include "test/runtime/Support.h"

#include <cmath>
#include <set>

using namespace nnrt;
using namespace nntest;

namespace {

using Make = Result<Table> (*)(Arguments, const GeneratorKey &);

Result<Table> make(Make maker, std::vector<nn_value> values, uint64_t seed = 1, const char *split = "train") {
  nn_call call = {"source", uint32_t(values.size()), values.data()};
  return maker(Arguments(call, "set"), {seed, split});
}

const Stored<uint8_t> &imagesOf(const Table &table) {
  return *std::get_if<Stored<uint8_t>>(&table.columns[0].values);
}
const Stored<double> &pointsOf(const Table &table) {
  return *std::get_if<Stored<double>>(&table.columns[0].values);
}

} // namespace

TEST(Generated, PointsAreTheSameForTheSameKeyOnly) {
  for (Make maker : {makeMoons, makeSpirals, makeBlobs, makeXor}) {
    nn_value count = {"", nullptr, 50};
    auto one = make(maker, {count}), same = make(maker, {count}), other = make(maker, {count}, 2),
         test = make(maker, {count}, 1, "test");
    ASSERT_TRUE(one) << messageOf(one);
    EXPECT_EQ(pointsOf(*one), pointsOf(*same));
    EXPECT_NE(pointsOf(*one), pointsOf(*other));
    EXPECT_NE(pointsOf(*one), pointsOf(*test));
    EXPECT_EQ(one->records, 50);
    EXPECT_EQ(one->columns[1].records(), 50);
  }
}

TEST(Generated, ALongerSourceBeginsWithTheShorterOne) {
  auto few = make(makeDigits, {{"", nullptr, 10}}), many = make(makeDigits, {{"", nullptr, 100}});
  EXPECT_TRUE(std::equal(imagesOf(*few).begin(), imagesOf(*few).end(), imagesOf(*many).begin()));
}

TEST(Generated, DigitsDoNotDependOnThreads) {
  auto one = make(makeDigits, {{"", nullptr, 300}});
  setThreadCount(3);
  auto three = make(makeDigits, {{"", nullptr, 300}});
  setThreadCount(1);
  EXPECT_EQ(imagesOf(*one), imagesOf(*three));
}

TEST(Generated, DigitsHaveInkAllTenClassesAndEmptyMargins) {
  auto table = make(makeDigits, {{"", nullptr, 500}});
  std::set<int> classes;
  for (int64_t record = 0; record < 500; ++record) {
    classes.insert(int(table->columns[1].at(record)));
    double ink = 0;
    for (int i = 0; i < 784; ++i)
      ink += table->columns[0].at(record * 784 + i) / 255;
    EXPECT_GT(ink, 20);
    EXPECT_LT(ink, 300);
    EXPECT_EQ(table->columns[0].at(record * 784), 0);
  }
  EXPECT_EQ(classes.size(), 10u);
}

TEST(Generated, NoiselessXorIsXor) {
  auto table = make(makeXor, {{"", nullptr, 8}, {"noise", nullptr, 0}});
  for (size_t i = 0; i < 8; ++i)
    EXPECT_EQ(table->columns[1].at(int64_t(i)),
              double(pointsOf(*table)[2 * i] != pointsOf(*table)[2 * i + 1]));
}

TEST(Generated, BlobsTakeClassesAndSpread) {
  auto table = make(makeBlobs, {{"", nullptr, 10}, {"classes", nullptr, 5}, {"spread", nullptr, 0}});
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(table->columns[1].at(4), 4);
  EXPECT_DOUBLE_EQ(std::hypot(pointsOf(*table)[0], pointsOf(*table)[1]), 1);
}

TEST(Generated, BadArgumentsAreNamed) {
  auto expect = [](std::vector<nn_value> values, const char *part) {
    auto table = make(makeMoons, values);
    EXPECT_EQ(codeOf(table), exitData);
    EXPECT_CONTAINS(messageOf(table), part);
    EXPECT_CONTAINS(messageOf(table), "`set`");
  };
  expect({}, "`count` is missing");
  expect({{"", nullptr, 10}, {"nose", nullptr, 1}}, "unknown argument `nose`: did you mean `noise`?");
  expect({{"", nullptr, 10}, {"", nullptr, 1}}, "too many");
  expect({{"", nullptr, 1.5}}, "1.5");
  expect({{"", nullptr, 0}}, "from 1");
  expect({{"", nullptr, 1e18}}, "1e+18");
  expect({{"", nullptr, NAN}}, "nan");
  expect({{"", "ten", 0}}, "a string");
  expect({{"", nullptr, 10}, {"noise", nullptr, -1}}, "-1");
}
