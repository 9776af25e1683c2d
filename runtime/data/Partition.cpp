// Records are drawn without a permutation: where `left` records of a class are to come and `wanted` of them
// belong to a part, the next one does with probability wanted / left (selection sampling; Knuth, The Art of
// Computer Programming 2, 3.4.2, algorithm S). The counts come out exactly, and every choice is as likely.
#include "runtime/data/Partition.h"
#include "runtime/base/Text.h"
#include "runtime/data/Apportion.h"
#include "runtime/data/Permutation.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;

namespace {

using Assign = std::function<void(int64_t record, size_t part)>;
using Shares = std::vector<double>; // of each part
enum { inTrain, inValidation, inTest, inNone };
constexpr size_t partsInOrder[] = {inNone, inTrain, inValidation, inTest};

// Train, validation, test and what is left out.
Shares sharesOf(const PartitionPlan &plan, double test) {
  double train = plan.train.value_or(1 - plan.validation - test), rest = 1 - train - plan.validation - test;
  return {train, plan.validation, test, rest < 1e-9 ? 0 : rest}; // rounding leaves no records out
}

Assign into(Parts &parts) {
  return [&parts](int64_t record, size_t part) {
    if (part != inNone)
      (part == inTrain        ? parts.train
       : part == inValidation ? parts.validation
                              : parts.test)
          .push_back(record);
  };
}

// Small sets: a part that is asked for takes a record from the largest one rather than being empty.
std::vector<int64_t> atLeastOne(std::vector<int64_t> counts, const Shares &shares) {
  for (size_t part = 0; part < counts.size(); ++part)
    if (auto most = std::max_element(counts.begin(), counts.end());
        shares[part] > 0 && counts[part] == 0 && *most > 1) {
      --*most;
      ++counts[part];
    }
  return counts;
}

// Exactly wanted[class][part] records of each.
void drawRecords(const Indices &records, const Classes &classes, std::vector<std::vector<int64_t>> wanted,
                 KeyedRandom random, const Assign &assign) {
  std::vector<int64_t> left = classes.counts();
  for (int64_t record : records) {
    std::vector<int64_t> &counts = wanted[classes.of(record)];
    random.row = uint64_t(record);
    int64_t place = int64_t(random.below(0, uint64_t(left[classes.of(record)]--)));
    // Train, the first part, comes last: so one part more does not change who is in the others.
    size_t next = 1;
    while (place >= counts[next % counts.size()])
      place -= counts[next++ % counts.size()];
    --counts[next % counts.size()];
    assign(record, next % counts.size());
  }
}

// What parts miss of each class, and which of them a group serves best.
class Missing {
public:
  Missing(const Shares &shares, const std::vector<int64_t> &classes) : shares(shares), classes(classes) {
    for (double share : shares)
      for (int64_t count : classes)
        missing.push_back(share * double(count));
  }
  // The part where these records lessen the squares of what is missing, relative to the class, most.
  size_t takeIn(const int64_t *records) {
    size_t best = shares.size();
    double bestCost = 0;
    for (size_t part = 0; part < shares.size(); ++part) {
      double cost = costIn(part, records);
      if (shares[part] > 0 && (best == shares.size() || cost < bestCost)) {
        best = part;
        bestCost = cost;
      }
    }
    for (size_t c = 0; c < classes.size(); ++c)
      missing[best * classes.size() + c] -= double(records[c]);
    return best;
  }

private:
  double costIn(size_t part, const int64_t *records) const {
    double cost = 0;
    for (size_t c = 0; c < classes.size(); ++c) {
      double more = double(records[c]);
      cost += more * (more - 2 * missing[part * classes.size() + c]) / double(classes[c]);
    }
    return cost;
  }

  const Shares &shares;
  const std::vector<int64_t> &classes;
  std::vector<double> missing; // [part, class]
};

void drawGroups(const Indices &records, const Classes &classes, const Classes &groups, const Shares &shares,
                KeyedRandom random, const Assign &assign) {
  std::vector<int64_t> members(groups.count() * classes.count()); // [group, class]
  for (int64_t record : records)
    ++members[groups.of(record) * classes.count() + classes.of(record)];
  Missing missing(shares, classes.counts());
  std::vector<size_t> partOf(groups.count());
  for (int64_t group : permutation(int64_t(groups.count()), random))
    partOf[size_t(group)] = missing.takeIn(&members[size_t(group) * classes.count()]);
  for (int64_t record : records)
    assign(record, partOf[groups.of(record)]);
}

void draw(const Indices &records, const PartitionPlan &plan, const Shares &shares, const char *purpose,
          const Assign &assign) {
  KeyedRandom random{plan.seed, purposeOf(purpose)};
  Classes classes(records, plan.stratify);
  if (plan.group)
    return drawGroups(records, classes, Classes(records, plan.group), shares, random, assign);
  std::vector<std::vector<int64_t>> counts = apportionClasses(classes.counts(), shares);
  if (classes.count() == 1)
    counts[0] = atLeastOne(std::move(counts[0]), shares);
  drawRecords(records, classes, std::move(counts), random, assign);
}

// Validation out of what test leaves.
void divideRest(Parts &parts, const PartitionPlan &plan) {
  Indices rest = std::move(parts.train);
  parts.train = {};
  draw(rest, plan, sharesOf(plan, 0), "runtime.partition.rest", into(parts));
}

Parts partitionByFold(const Indices &records, const PartitionPlan &plan) {
  Parts parts;
  draw(records, plan, Shares(size_t(plan.folds), 1 / double(plan.folds)), "runtime.partition.folds",
       [&](int64_t record, size_t part) {
         (int64_t(part) == plan.fold ? parts.test : parts.train).push_back(record);
       });
  divideRest(parts, plan);
  return parts;
}

Result<Parts> partitionByValue(const Indices &records, const PartitionPlan &plan) {
  Parts parts;
  for (int64_t record : records) {
    double value = plan.column(record);
    if (plan.testValue && value == *plan.testValue)
      parts.test.push_back(record);
    else if (plan.validationValue && value == *plan.validationValue)
      parts.validation.push_back(record);
    else if (plan.trainValue && value != *plan.trainValue)
      return dataError("record " + std::to_string(record + 1) +
                       " is in no part: its value in the column that tells the part is none of those named");
    else
      parts.train.push_back(record);
  }
  if (!plan.validationValue)
    divideRest(parts, plan);
  return parts;
}

// Calls assign(record, part) for each record in the order given.
template <class Records>
void cutInOrder(const Records &records, std::vector<int64_t> counts, const Assign &assign) {
  size_t next = 0;
  for (int64_t record : records) {
    while (counts[partsInOrder[next]] == 0)
      ++next;
    --counts[partsInOrder[next]];
    assign(record, partsInOrder[next]);
  }
}

struct Sorted {
  std::vector<int64_t> records;
  std::vector<int64_t> borders; // where a run of equal values begins, and behind the last
};

Result<Sorted> sortedBy(const ValueOf &value, const Indices &records) {
  std::vector<std::pair<double, int64_t>> places;
  places.reserve(size_t(records.size()));
  for (int64_t record : records) {
    places.emplace_back(value(record), record);
    if (std::isnan(places.back().first))
      return dataError("record " + std::to_string(record + 1) +
                       " has no value in the column that tells the order");
  }
  std::sort(places.begin(), places.end());
  Sorted sorted;
  for (size_t i = 0; i < places.size(); ++i) {
    if (i == 0 || places[i].first != places[i - 1].first)
      sorted.borders.push_back(int64_t(i));
    sorted.records.push_back(places[i].second);
  }
  sorted.borders.push_back(int64_t(places.size()));
  return sorted;
}

// The border nearest to a place, the first of two as near.
int64_t nearest(const std::vector<int64_t> &borders, int64_t place) {
  int64_t next = std::lower_bound(borders.begin(), borders.end(), place) - borders.begin();
  bool isBefore = next > 0 && place - borders[size_t(next - 1)] <= borders[size_t(next)] - place;
  return next - isBefore;
}

// Parts that end at the borders nearest to where they would, each with a run where there are enough.
std::vector<int64_t> alongBorders(std::vector<int64_t> counts, const std::vector<int64_t> &borders) {
  int64_t later = std::count_if(std::begin(partsInOrder) + 1, std::end(partsInOrder),
                                [&](size_t part) { return counts[part] > 0; });
  int64_t wanted = 0, end = 0, last = int64_t(borders.size()) - 1;
  for (size_t part : partsInOrder) {
    wanted += counts[part];
    if (counts[part] == 0)
      continue;
    bool needsRun = part != inNone;
    later -= needsRun;
    int64_t next = std::max(std::min(std::max(nearest(borders, wanted), end + needsRun), last - later), end);
    counts[part] = borders[size_t(next)] - borders[size_t(end)];
    end = next;
  }
  return counts;
}

// Leaves out of a part what reaches into the first record behind it, and gives the number.
int64_t leaveReaching(Indices &part, int64_t reach, int64_t behind) {
  Indices kept;
  for (int64_t record : part)
    if (record + reach < behind)
      kept.push_back(record);
  int64_t left = part.size() - kept.size();
  part = std::move(kept);
  return left;
}

Parts keptApart(Parts parts, int64_t reach) {
  for (const Indices *behind : {&parts.test, &parts.validation}) {
    if (reach == 0 || behind->empty())
      continue;
    int64_t first = (*behind)[0];
    parts.reaching += leaveReaching(parts.train, reach, first);
    if (behind == &parts.test)
      parts.reaching += leaveReaching(parts.validation, reach, first);
  }
  return parts;
}

Result<Parts> partitionInOrder(const Indices &records, const PartitionPlan &plan) {
  Parts parts;
  Shares shares = sharesOf(plan, plan.test);
  std::vector<int64_t> counts = atLeastOne(apportion(records.size(), shares), shares);
  if (!plan.orderBy) {
    cutInOrder(records, std::move(counts), into(parts));
    return keptApart(std::move(parts), plan.reach);
  }
  NNRT_ASSIGN(Sorted sorted, sortedBy(plan.orderBy, records));
  counts = alongBorders(std::move(counts), sorted.borders);
  std::vector<uint8_t> partOf(size_t(records.empty() ? 0 : records[records.size() - 1] + 1));
  cutInOrder(sorted.records, std::move(counts),
             [&](int64_t record, size_t part) { partOf[size_t(record)] = uint8_t(part); });
  Assign assign = into(parts);
  for (int64_t record : records)
    assign(record, partOf[size_t(record)]);
  return keptApart(std::move(parts), plan.reach);
}

Parts partitionByShares(const Indices &records, const PartitionPlan &plan) {
  Parts parts;
  draw(records, plan, sharesOf(plan, plan.test), "runtime.partition", into(parts));
  return parts;
}

Status checkPlan(const PartitionPlan &plan) {
  double train = plan.train.value_or(0);
  if (!(plan.validation >= 0 && plan.test >= 0 && plan.validation + plan.test < 1 &&
        train + plan.validation + plan.test <= 1 + 1e-9))
    return dataError("the parts of validation and test must leave records to train");
  if (plan.folds && (plan.folds < 2 || plan.fold < 0 || plan.fold >= plan.folds))
    return dataError("there is no fold " + std::to_string(plan.fold) + " of " + std::to_string(plan.folds) +
                     ": folds are numbered from 0");
  return Done{};
}

} // namespace

Result<Parts> nnrt::partition(const Indices &records, const PartitionPlan &plan) {
  NNRT_TRY(checkPlan(plan));
  Result<Parts> parts = plan.folds     ? Result<Parts>(partitionByFold(records, plan))
                        : plan.column  ? partitionByValue(records, plan)
                        : plan.inOrder ? partitionInOrder(records, plan)
                                       : Result<Parts>(partitionByShares(records, plan));
  if (!parts)
    return parts;
  auto isMissing = [](const Indices &part, bool wanted) { return wanted && part.empty(); };
  bool wantsTest = plan.folds || plan.testValue || (plan.test > 0 && !plan.column);
  bool wantsValidation = plan.validation > 0 || plan.validationValue;
  for (auto [name, missing] : {std::pair("train", isMissing(parts->train, true)),
                               std::pair("validation", isMissing(parts->validation, wantsValidation)),
                               std::pair("test", isMissing(parts->test, wantsTest))})
    if (missing)
      return dataError(std::to_string(records.size()) + " records are too few to divide: " + name +
                       " gets none" + (plan.orderBy ? " where equal values stay together" : ""));
  return parts;
}
