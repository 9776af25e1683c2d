// Whatever the plan: the parts are disjoint and complete, the same for the same seed, classes keep their
// share, groups stay whole.
#include "runtime/data/Partition.h"
#include "test/runtime/Support.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace nnrt;
using namespace nntest;

namespace {

constexpr int64_t count = 1000;
double classOf(int64_t record) { return record % 7 == 0 ? 0 : record % 3 == 0 ? 1 : 2; }
double groupOf(int64_t record) { return double(record * 31 % 97); }

// Not all records take part.
Indices someRecords() {
  Indices records;
  for (int64_t record = 3; record < count; ++record)
    if (record % 11 != 0)
      records.push_back(record);
  return records;
}

Parts divide(const PartitionPlan &plan, const Indices &records = someRecords()) {
  Result<Parts> parts = partition(records, plan);
  EXPECT_TRUE(parts) << messageOf(parts);
  return parts ? *parts : Parts();
}

void expectWhole(const Parts &parts, const Indices &records) {
  Indices joined;
  for (int64_t record = 0; record < count; ++record) {
    int times =
        parts.train.contains(record) + parts.validation.contains(record) + parts.test.contains(record);
    EXPECT_EQ(times, records.contains(record)) << record;
    if (times)
      joined.push_back(record);
  }
  EXPECT_EQ(joined, records);
}

void expectClasses(const Parts &parts, double validation, double test) {
  std::map<double, double> all, inValidation, inTest, inTrain;
  for (auto [part, counts] : {std::pair(&parts.train, &inTrain), std::pair(&parts.validation, &inValidation),
                              std::pair(&parts.test, &inTest)})
    for (int64_t record : *part) {
      ++(*counts)[classOf(record)];
      ++all[classOf(record)];
    }
  for (auto [value, records] : all) {
    EXPECT_LE(std::abs(inValidation[value] - validation * records), 1);
    EXPECT_LE(std::abs(inTest[value] - test * records), 1);
    EXPECT_LE(std::abs(inTrain[value] - (1 - validation - test) * records), 1);
  }
}

bool sharesGroup(const Indices &a, const Indices &b) {
  std::set<double> groups;
  for (int64_t record : a)
    groups.insert(groupOf(record));
  for (int64_t record : b)
    if (groups.count(groupOf(record)))
      return true;
  return false;
}

} // namespace

TEST(Partition, SharesAreExactAndKeyed) {
  PartitionPlan plan;
  plan.seed = 5;
  plan.validation = 0.15;
  plan.test = 0.2;
  Parts parts = divide(plan), again = divide(plan);
  expectWhole(parts, someRecords());
  EXPECT_EQ(parts.test.size(), std::llround(0.2 * double(someRecords().size())));
  EXPECT_EQ(parts.train, again.train);
  EXPECT_EQ(parts.test, again.test);
  plan.seed = 6;
  EXPECT_NE(divide(plan).test, parts.test);
}

// Each record is in the test part about as often as the share says, beside every other one too.
TEST(Partition, EveryRecordIsAsLikely) {
  std::vector<int> times(20), pairs(20);
  for (uint64_t seed = 0; seed < 4000; ++seed) {
    PartitionPlan plan;
    plan.seed = seed;
    plan.test = 0.25;
    Parts parts = divide(plan, Indices::all(20));
    EXPECT_EQ(parts.test.size(), 5);
    for (int64_t record : parts.test) {
      ++times[size_t(record)];
      pairs[size_t(record)] += parts.test.contains(0);
    }
  }
  for (size_t record = 0; record < 20; ++record) {
    EXPECT_NEAR(times[record], 1000, 5 * std::sqrt(750.0));
    double expected = record == 0 ? 1000 : 4000 * 20 / 380.0; // 5/20 * 4/19
    EXPECT_NEAR(pairs[record], expected, 5 * std::sqrt(750.0));
  }
}

TEST(Partition, ClassesKeepTheirShare) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    PartitionPlan plan;
    plan.seed = seed;
    plan.validation = 0.13;
    plan.test = 0.31;
    plan.stratify = classOf;
    Parts parts = divide(plan);
    expectWhole(parts, someRecords());
    expectClasses(parts, 0.13, 0.31);
  }
}

TEST(Partition, GroupsStayWhole) {
  for (bool stratified : {false, true}) {
    PartitionPlan plan;
    plan.seed = 3;
    plan.validation = 0.2;
    plan.test = 0.3;
    plan.group = groupOf;
    if (stratified)
      plan.stratify = classOf;
    Parts parts = divide(plan);
    expectWhole(parts, someRecords());
    EXPECT_FALSE(sharesGroup(parts.train, parts.test));
    EXPECT_FALSE(sharesGroup(parts.train, parts.validation));
    EXPECT_FALSE(sharesGroup(parts.validation, parts.test));
    // A group has about ten records.
    double records = double(someRecords().size());
    EXPECT_NEAR(double(parts.test.size()), 0.3 * records, 12);
    EXPECT_NEAR(double(parts.validation.size()), 0.2 * records, 12);
    plan.seed = 4;
    EXPECT_NE(divide(plan).test, parts.test);
  }
}

TEST(Partition, FoldsAreDisjointAndComplete) {
  for (bool stratified : {false, true})
    for (bool grouped : {false, true}) {
      PartitionPlan plan;
      plan.seed = 9;
      plan.folds = 5;
      plan.validation = 0.1;
      if (stratified)
        plan.stratify = classOf;
      if (grouped)
        plan.group = groupOf;
      std::vector<int> tested(count);
      for (plan.fold = 0; plan.fold < 5; ++plan.fold) {
        Parts parts = divide(plan);
        expectWhole(parts, someRecords());
        for (int64_t record : parts.test)
          ++tested[size_t(record)];
        double records = double(someRecords().size()), slack = grouped ? 12 : 1;
        EXPECT_NEAR(double(parts.test.size()), records / 5, slack);
        EXPECT_NEAR(double(parts.validation.size()), 0.1 * records * 4 / 5, slack);
        bool divided = sharesGroup(parts.train, parts.test) || sharesGroup(parts.validation, parts.test) ||
                       sharesGroup(parts.train, parts.validation);
        EXPECT_EQ(divided, !grouped);
      }
      for (int64_t record = 0; record < count; ++record)
        EXPECT_EQ(tested[size_t(record)], someRecords().contains(record));
    }
}

TEST(Partition, OrderCutsTrainFirst) {
  PartitionPlan plan;
  plan.inOrder = true;
  plan.validation = 0.1;
  plan.test = 0.2;
  Parts parts = divide(plan);
  expectWhole(parts, someRecords());
  EXPECT_LT(parts.train[parts.train.size() - 1], parts.validation[0]);
  EXPECT_LT(parts.validation[parts.validation.size() - 1], parts.test[0]);
  EXPECT_EQ(parts.test.size(), std::llround(0.2 * double(someRecords().size())));
}

TEST(Partition, AColumnTellsThePart) {
  PartitionPlan plan;
  plan.column = classOf;
  plan.testValue = 2;
  plan.validation = 0.25;
  Parts parts = divide(plan);
  expectWhole(parts, someRecords());
  for (int64_t record : someRecords())
    EXPECT_EQ(parts.test.contains(record), classOf(record) == 2);
  double rest = double(parts.train.size() + parts.validation.size());
  EXPECT_NEAR(double(parts.validation.size()), rest / 4, 1);

  plan.validation = 0;
  plan.validationValue = 1;
  plan.trainValue = 0;
  for (int64_t record : divide(plan).validation)
    EXPECT_EQ(classOf(record), 1);
  plan.validationValue.reset();
  EXPECT_CONTAINS(messageOf(partition(someRecords(), plan)), "record 4 is in no part");
}

TEST(Partition, ATrainShareLeavesRecordsOut) {
  PartitionPlan plan;
  plan.train = 0.1;
  plan.test = 0.2;
  double records = double(someRecords().size());
  for (bool inOrder : {false, true}) {
    plan.inOrder = inOrder;
    Parts parts = divide(plan);
    EXPECT_EQ(parts.train.size(), std::llround(0.1 * records));
    EXPECT_EQ(parts.test.size(), std::llround(0.2 * records));
    for (int64_t record : parts.train)
      EXPECT_FALSE(parts.test.contains(record));
  }
  plan.inOrder = false;
  plan.train = 0.7;
  plan.test = 0.2;
  plan.validation = 0.1; // 0.7 + 0.2 + 0.1 is not 1 in doubles
  expectWhole(divide(plan), someRecords());
}

TEST(Partition, TheSameTestPartWithAndWithoutValidation) {
  PartitionPlan plan;
  plan.validation = 0.1;
  Parts without = divide(plan);
  plan.test = 0.3;
  EXPECT_EQ(divide(plan).validation, without.validation);
}

// A record whose targets are those of a later part too is in neither.
TEST(Partition, WindowsThatReachIntoALaterPartAreLeftOut) {
  PartitionPlan plan;
  plan.inOrder = true;
  plan.validation = 0.2;
  plan.test = 0.2;
  plan.reach = 2;
  Parts parts = divide(plan, Indices::all(20));
  EXPECT_EQ(parts.train, Indices::all(10)); // of 12
  EXPECT_EQ(parts.validation, (Indices{12, 13}));
  EXPECT_EQ(parts.test, (Indices{16, 17, 18, 19}));
  EXPECT_EQ(parts.reaching, 4);
  plan.reach = 5; // past the validation part
  EXPECT_CONTAINS(messageOf(partition(Indices::all(20), plan)), "validation gets none");
  plan.validation = 0;
  plan.reach = 4;
  EXPECT_EQ(divide(plan, Indices::all(20)).train, Indices::all(12));
}

// Borders move to the nearest end of a run of equal values.
TEST(Partition, EqualValuesOfTheOrderStayTogether) {
  PartitionPlan plan;
  plan.inOrder = true;
  plan.orderBy = [](int64_t record) { return double(record / 10); };
  plan.train = 0.45;
  plan.validation = 0.3;
  plan.test = 0.25;
  Parts parts = divide(plan, Indices::all(60)); // 27, 18, 15
  EXPECT_EQ(parts.train, Indices::all(30));
  EXPECT_EQ(parts.validation.size(), 10); // of two ends as near the first
  EXPECT_EQ(parts.test[0], 40);
  plan.train = 0.05; // a part has a run at least
  EXPECT_EQ(divide(plan, Indices::all(60)).train.size(), 10);
  plan.orderBy = [](int64_t) { return 1.0; };
  EXPECT_CONTAINS(messageOf(partition(Indices::all(60), plan)), "where equal values stay together");
}

// Whatever the order of the file.
TEST(Partition, ByTheValuesOfAColumn) {
  PartitionPlan plan;
  plan.inOrder = true;
  plan.validation = 0.1;
  plan.test = 0.2;
  plan.orderBy = [](int64_t record) { return std::floor(double(record * 7 % 1000) / 3); };
  Parts parts = divide(plan);
  expectWhole(parts, someRecords());
  EXPECT_NEAR(double(parts.test.size()), 0.2 * double(someRecords().size()), 3);
  auto isBefore = [&](int64_t a, int64_t b) { return plan.orderBy(a) < plan.orderBy(b); };
  for (auto [first, second] :
       {std::pair(&parts.train, &parts.validation), std::pair(&parts.validation, &parts.test)})
    EXPECT_TRUE(isBefore(*std::max_element(first->begin(), first->end(), isBefore),
                         *std::min_element(second->begin(), second->end(), isBefore)));
  plan.orderBy = [](int64_t record) { return record == 5 ? NAN : double(record); };
  EXPECT_CONTAINS(messageOf(partition(someRecords(), plan)),
                  "record 6 has no value in the column that tells the order");
}

TEST(Partition, SmallSetsAndMistakes) {
  PartitionPlan plan;
  plan.validation = plan.test = 0.1;
  Parts parts = divide(plan, Indices::all(3));
  EXPECT_EQ(parts.train.size(), 1);
  EXPECT_EQ(parts.test.size(), 1);
  EXPECT_CONTAINS(messageOf(partition(Indices::all(2), plan)), "too few");
  plan.test = 0.95;
  EXPECT_CONTAINS(messageOf(partition(Indices::all(100), plan)), "leave records to train");
  plan = {};
  plan.folds = 5;
  plan.fold = 5;
  EXPECT_CONTAINS(messageOf(partition(Indices::all(100), plan)), "no fold 5 of 5");
  plan.fold = 0;
  EXPECT_CONTAINS(messageOf(partition(Indices::all(1), plan)), "too few");
}
