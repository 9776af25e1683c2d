// The validation share is a keyed part of train, and an epoch's order a keyed permutation.
#include "runtime/data/Split.h"
#include "test/runtime/Support.h"

#include <algorithm>
#include <numeric>

using namespace nnrt;
using namespace nntest;

namespace {

const nn_data &points() { return nn_program_descriptor.data[0]; }

TrainingData load(uint64_t seed) {
  ReadContext context{seed};
  return std::move(*loadTrainingData(points(), context));
}

} // namespace

TEST(Split, PermutationHasEveryIndexOnce) {
  Indices order = keyedPermutation(1000, 1, "test", 1), sorted = order, identity(1000);
  std::sort(sorted.begin(), sorted.end());
  std::iota(identity.begin(), identity.end(), 0);
  EXPECT_EQ(sorted, identity);
  EXPECT_NE(order, identity);
  EXPECT_EQ(order, keyedPermutation(1000, 1, "test", 1));
  EXPECT_NE(order, keyedPermutation(1000, 1, "test", 2));
  EXPECT_NE(order, keyedPermutation(1000, 2, "test", 1));
  EXPECT_NE(order, keyedPermutation(1000, 1, "other", 1));
}

TEST(Split, ShareIsTakenOutOfTrain) {
  TrainingData data = load(1);
  ASSERT_TRUE(data.validation);
  EXPECT_EQ(data.validation->size(), 20); // 10% of 203
  EXPECT_EQ(data.train.size(), 183);
  Indices all = data.train.records;
  all.insert(all.end(), data.validation->records.begin(), data.validation->records.end());
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::unique(all.begin(), all.end()) - all.begin(), 203);
  EXPECT_EQ(data.validation->records, load(1).validation->records);
  EXPECT_NE(data.validation->records, load(2).validation->records);
}

TEST(Split, OneSplitLoadsAsItWasInTraining) {
  TrainingData data = load(5);
  ReadContext context{5};
  EXPECT_EQ(loadSplit(points(), SplitName::train, context)->records, data.train.records);
  EXPECT_EQ(loadSplit(points(), SplitName::validation, context)->records, data.validation->records);
  EXPECT_EQ(loadSplit(points(), SplitName::test, context)->size(), 50);
}

TEST(Split, TestCanBeAShareToo) {
  nn_data data = points();
  data.test = {};
  data.test_share = 0.2;
  ReadContext context{1};
  auto parts = loadTrainingData(data, context);
  auto test = loadSplit(data, SplitName::test, context);
  ASSERT_TRUE(parts && test);
  EXPECT_EQ(test->size(), 41); // 20% of 203
  EXPECT_EQ(parts->validation->records, load(1).validation->records);
  Indices all = parts->train.records;
  for (const Split *held : {&*test, &*parts->validation})
    all.insert(all.end(), held->records.begin(), held->records.end());
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::unique(all.begin(), all.end()) - all.begin(), 203);
}

TEST(Split, EpochOrders) {
  TrainingData data = load(1);
  EXPECT_EQ(epochOrder(data.train, 1, 1, false), data.train.records);
  Indices first = epochOrder(data.train, 1, 1, true), second = epochOrder(data.train, 1, 2, true);
  EXPECT_NE(first, second);
  std::sort(first.begin(), first.end());
  EXPECT_EQ(first, data.train.records);
}

TEST(Split, OneRecordCannotBeShared) {
  nn_data data = points();
  nn_value one = {"", nullptr, 1};
  data.train.argument_count = 1;
  data.train.arguments = &one;
  ReadContext context{1};
  EXPECT_EQ(codeOf(loadTrainingData(data, context)), exitData);
}

TEST(Split, ABadTestPartIsToldOfBeforeTraining) {
  nn_data data = points();
  nn_value missing = {"", "nowhere.gz", 0};
  data.test.name = "idx";
  data.test.argument_count = 1;
  data.test.arguments = &missing;
  ReadContext context{1};
  EXPECT_EQ(codeOf(loadTrainingData(data, context)), exitData);
}

TEST(Split, AbsentSplitIsAUsageError) {
  nn_data data = points();
  data.test = {};
  ReadContext context{1};
  EXPECT_EQ(codeOf(loadSplit(data, SplitName::test, context)), exitUsage);
  EXPECT_EQ(defaultSplit(data), SplitName::validation);
  data.validation_share = 0;
  EXPECT_EQ(defaultSplit(data), SplitName::train);
}
