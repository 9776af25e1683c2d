// The words of `partition` in a data set become the plan, with numbers from hyperparameters.
#include "runtime/data/PartitionOf.h"
#include "runtime/data/NamedClasses.h"
#include "runtime/data/Split.h"
#include "test/runtime/Support.h"

#include <cmath>

using namespace nnrt;
using namespace nntest;

namespace {

// 203 generated points of two classes, under another partition.
struct Data {
  nn_data data = nn_program_descriptor.data[0];
  std::vector<nn_value> arguments;
  ReadContext context;

  explicit Data(std::vector<nn_value> values) : arguments(std::move(values)) {
    data.validation_share = data.test_share = 0;
    data.test = {};
    data.partition = {"partition", uint32_t(arguments.size()), arguments.data()};
  }
  Indices part(SplitName name) {
    auto split = loadSplit(data, name, context);
    EXPECT_TRUE(split) << messageOf(split);
    return split ? split->records : Indices();
  }
};

nn_value number(const char *name, double value, uint32_t hyper = 0) { return {name, nullptr, value, hyper}; }
nn_value text(const char *name, const char *value) { return {name, value, 0, 0}; }

} // namespace

TEST(PartitionOf, SharesByClass) {
  Data set({number("train", 0.7), number("validation", 0.1), number("test", 0.2), text("stratify", "label")});
  EXPECT_TRUE(hasSplit(set.data, SplitName::test));
  EXPECT_EQ(defaultSplit(set.data), SplitName::test);
  auto training = loadTrainingData(set.data, set.context);
  ASSERT_TRUE(training) << messageOf(training);
  EXPECT_EQ(training->train.records, set.part(SplitName::train));
  EXPECT_EQ(training->validation->records, set.part(SplitName::validation));
  EXPECT_EQ(set.part(SplitName::test).size(), 41);
  const Column &label = training->train.table->columns[1];
  int64_t ones = 0, onesInTest = 0;
  for (int64_t record = 0; record < label.records(); ++record)
    ones += label.at(record) == 1;
  for (int64_t record : set.part(SplitName::test))
    onesInTest += label.at(record) == 1;
  EXPECT_LE(std::abs(double(onesInTest) - 0.2 * double(ones)), 1);
}

TEST(PartitionOf, TheFoldIsAHyperparameter) {
  Data set({number("folds", 5), number("test", 0, 2), number("validation", 0.1)});
  Indices all;
  std::vector<int> times(203);
  for (double fold = 0; fold < 5; ++fold) {
    set.context.hypers = {7, fold};
    for (int64_t record : set.part(SplitName::test))
      ++times[size_t(record)];
  }
  EXPECT_EQ(times, std::vector<int>(203, 1));
  set.context.hypers = {7, 5};
  EXPECT_CONTAINS(messageOf(loadSplit(set.data, SplitName::test, set.context)), "no fold 5 of 5");
}

TEST(PartitionOf, ACellOfAColumn) {
  Data set({text("column", "label"), number("test", 1)});
  EXPECT_FALSE(hasSplit(set.data, SplitName::validation));
  auto training = loadTrainingData(set.data, set.context);
  ASSERT_TRUE(training) << messageOf(training);
  for (int64_t record : training->train.records)
    EXPECT_EQ(training->train.table->columns[1].at(record), 0);
  Data unknown({text("column", "label"), text("test", "nowhere")});
  EXPECT_CONTAINS(messageOf(loadSplit(unknown.data, SplitName::test, unknown.context)),
                  "asks for `nowhere`, which is no cell of column `label`");
  Data absent({text("column", "label"), number("test", 5)});
  EXPECT_CONTAINS(messageOf(loadSplit(absent.data, SplitName::test, absent.context)),
                  "asks for `5`, which is no cell of column `label`");
}

// Of classes that have names, a number is the class, and a text the name.
TEST(PartitionOf, ANameOrTheClassOfIt) {
  Data set({text("column", "label"), number("test", 0)});
  Table table;
  table.records = 3;
  table.columns = {Column{"wav", {2}, 2, Floats(6)}, namedColumn("wav", {"theo", "anna", "9"})};
  EXPECT_EQ(partitionOf(set.data, table, set.context)->testValue, table.columns[1].at(2));
  set.arguments[1] = number("test", 2);
  EXPECT_EQ(partitionOf(set.data, table, set.context)->testValue, table.columns[1].at(0));
  set.arguments[1] = text("test", "anna");
  EXPECT_EQ(partitionOf(set.data, table, set.context)->testValue, table.columns[1].at(1));
  set.arguments[1] = number("test", 3);
  EXPECT_CONTAINS(messageOf(partitionOf(set.data, table, set.context)), "asks for `3`, which is no cell");
}

TEST(PartitionOf, InOrder) {
  Data set({text("by", "order"), number("train", 0.8), number("test", 0.2)});
  EXPECT_EQ(set.part(SplitName::train), Indices::all(162));
  EXPECT_EQ(set.part(SplitName::test)[0], 162);
}

// Of windows i and j > i the targets meet where (j - i) * stride < horizon.
TEST(PartitionOf, WindowsReachAsFarAsTheirTargets) {
  Data set({text("by", "order"), number("train", 0.8), number("test", 0.2)});
  std::vector<nn_value> windows = {number("length", 5), number("horizon", 3), number("stride", 1)};
  set.data.windows = {"windows", uint32_t(windows.size()), windows.data()};
  std::vector<nn_field> fields(set.data.fields, set.data.fields + set.data.field_count);
  set.data.fields = fields.data();
  EXPECT_EQ(partitionOf(set.data, Table(), set.context)->reach, 0); // nothing is predicted
  fields[1].kind = NN_FIELD_TARGET;
  EXPECT_EQ(partitionOf(set.data, Table(), set.context)->reach, 2);
  windows[2].number = 2;
  EXPECT_EQ(partitionOf(set.data, Table(), set.context)->reach, 1);
  windows[2].number = 3;
  EXPECT_EQ(partitionOf(set.data, Table(), set.context)->reach, 0);
}

TEST(PartitionOf, WindowsNeedAFileInTheOrderThatPartsHave) {
  Data set({text("by", "label"), number("train", 0.5), number("test", 0.5)});
  Table table;
  table.records = 3;
  table.columns = {Column{"f.csv", {}, 1, Doubles{0, 0, 0}}, Column{"f.csv", {}, 1, Doubles{1, 3, 2}}};
  EXPECT_TRUE(partitionOf(set.data, table, set.context));
  set.data.windows = {"windows", 0, nullptr};
  EXPECT_CONTAINS(messageOf(partitionOf(set.data, table, set.context)),
                  "`label` of record 3 is before that of the one");
  table.columns[1].values = Doubles{1, 2, 2};
  EXPECT_TRUE(partitionOf(set.data, table, set.context));
}
