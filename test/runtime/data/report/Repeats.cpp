// Equal records within and across parts, whatever the tables keep them as.
#include "runtime/data/report/Repeats.h"

#include <cmath>
#include <gtest/gtest.h>

using namespace nnrt;

namespace {

template <class Values> Part part(SplitName name, Values values, Indices records, int64_t width = 1) {
  auto table = std::make_shared<Table>();
  Column column;
  column.width = width;
  column.values = std::move(values);
  table->records = column.records();
  table->columns.push_back(std::move(column));
  return {name, {table, std::move(records)}};
}

} // namespace

TEST(Repeats, CountsRecordsThatEqualOneBefore) {
  Repeats repeats = repeatsOf({part(SplitName::train, Doubles{1, 2, 1, 2, 1, 3, 1, 2}, {0, 1, 2, 3}, 2)});
  EXPECT_EQ(repeats.duplicates, 2); // (1, 2) three times
  EXPECT_EQ(repeats.leaked, 0);
}

TEST(Repeats, NotANumberEqualsItselfAndZeroHasNoSign) {
  EXPECT_EQ(repeatsOf({part(SplitName::train, Doubles{NAN, -NAN, 0.0, -0.0}, {0, 1, 2, 3})}).duplicates, 2);
}

// Bytes in one file and doubles in the other are the same numbers; a record twice in test alone is no leak.
TEST(Repeats, TellsWhatTestSharesWithTrain) {
  Repeats repeats = repeatsOf({part(SplitName::train, Bytes{1, 2, 3}, {0, 1, 2}),
                               part(SplitName::test, Doubles{3, 3, 4, 4, 5.5}, {0, 1, 2, 3, 4})});
  EXPECT_EQ(repeats.duplicates, 3);
  EXPECT_EQ(repeats.leaked, 2);
}

TEST(Repeats, OnlyTheRecordsOfAPartCount) {
  EXPECT_EQ(repeatsOf({part(SplitName::train, Doubles{1, 1, 2}, {0, 2})}).duplicates, 0);
}

// Each table has a dictionary of its own: places differ, texts count.
TEST(Repeats, CategoriesAreTheirTexts) {
  auto category = [](SplitName name, std::vector<std::string> texts, Bytes places) {
    auto table = std::make_shared<Table>();
    Column column;
    column.dictionary = std::make_shared<Dictionary>(Dictionary{std::move(texts), {}});
    column.values = std::move(places);
    table->columns.push_back(std::move(column));
    return Part{name, {table, {0, 1}}};
  };
  Repeats repeats = repeatsOf({category(SplitName::train, {"", "Oslo", "Rome"}, {1, 2}),
                               category(SplitName::test, {"", "Rome", "Paris"}, {1, 2})});
  EXPECT_EQ(repeats.duplicates, 1);
  EXPECT_EQ(repeats.leaked, 1);
}
