// Fisher-Yates with keyed draws; the validation share is the head of such a permutation.
#include "runtime/data/Split.h"
#include "runtime/base/Philox.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace nnrt;

Indices nnrt::keyedPermutation(int64_t count, uint64_t seed, std::string_view purpose, uint32_t time) {
  Indices order(static_cast<size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  KeyedRandom random{seed, purposeOf(purpose), time};
  for (int64_t i = count - 1; i > 0; --i) {
    random.row = uint64_t(i) >> 32; // the element is 32 bits wide
    std::swap(order[size_t(i)], order[size_t(random.below(uint32_t(i), uint64_t(i) + 1))]);
  }
  return order;
}

namespace {

bool sharesTrain(const nn_data &data) { return !data.validation.name && data.validation_share > 0; }

// At least one record on both sides.
Result<int64_t> validationCount(const nn_data &data, int64_t records) {
  if (records < 2)
    return dataError(std::string("data set `") + data.name +
                     "`: one record cannot be shared between train and validation");
  return std::clamp<int64_t>(std::llround(data.validation_share * double(records)), 1, records - 1);
}

Split allOf(Table table) {
  Split split;
  split.records.resize(size_t(table.records));
  std::iota(split.records.begin(), split.records.end(), 0);
  split.table = std::make_shared<const Table>(std::move(table));
  return split;
}

Result<TrainingData> takeShare(const nn_data &data, Split all, uint64_t seed) {
  NNRT_ASSIGN(int64_t count, validationCount(data, all.size()));
  Indices order = keyedPermutation(all.size(), seed, "runtime.validation", 0);
  TrainingData parts;
  parts.validation = Split{all.table, Indices(order.begin(), order.begin() + count)};
  parts.train = Split{all.table, Indices(order.begin() + count, order.end())};
  std::sort(parts.validation->records.begin(), parts.validation->records.end());
  std::sort(parts.train.records.begin(), parts.train.records.end());
  return parts;
}

Result<Split> loadAll(const nn_data &data, const nn_call &call, SplitName name, uint64_t seed,
                      DataRoots &roots) {
  NNRT_ASSIGN(Table table, loadSource(data, call, name, seed, roots));
  return allOf(std::move(table));
}

} // namespace

bool nnrt::hasSplit(const nn_data &data, SplitName name) {
  switch (name) {
  case SplitName::train:
    return data.train.name;
  case SplitName::validation:
    return data.validation.name || (data.train.name && data.validation_share > 0);
  default:
    return data.test.name;
  }
}

SplitName nnrt::defaultSplit(const nn_data &data) {
  for (SplitName name : {SplitName::test, SplitName::validation})
    if (hasSplit(data, name))
      return name;
  return SplitName::train;
}

std::optional<SplitName> nnrt::parseSplit(std::string_view text) {
  for (SplitName name : {SplitName::train, SplitName::validation, SplitName::test})
    if (text == textOf(name))
      return name;
  return std::nullopt;
}

Result<Split> nnrt::loadSplit(const nn_data &data, SplitName name, uint64_t seed, DataRoots &roots) {
  if (!hasSplit(data, name))
    return usageError(std::string("data set `") + data.name + "` has no " + textOf(name) + " split");
  if (name == SplitName::test)
    return loadAll(data, data.test, name, seed, roots);
  if (name == SplitName::validation && data.validation.name)
    return loadAll(data, data.validation, name, seed, roots);
  NNRT_ASSIGN(Split all, loadAll(data, data.train, SplitName::train, seed, roots));
  if (!sharesTrain(data))
    return all;
  NNRT_ASSIGN(TrainingData parts, takeShare(data, std::move(all), seed));
  return name == SplitName::train ? std::move(parts.train) : std::move(*parts.validation);
}

Result<TrainingData> nnrt::loadTrainingData(const nn_data &data, uint64_t seed, DataRoots &roots) {
  if (!data.train.name)
    return dataError(std::string("data set `") + data.name + "` has no train split");
  NNRT_ASSIGN(Split all, loadAll(data, data.train, SplitName::train, seed, roots));
  if (sharesTrain(data))
    return takeShare(data, std::move(all), seed);
  TrainingData parts;
  parts.train = std::move(all);
  if (data.validation.name) {
    NNRT_ASSIGN(parts.validation, loadAll(data, data.validation, SplitName::validation, seed, roots));
  }
  return parts;
}

Indices nnrt::epochOrder(const Split &split, uint64_t seed, int64_t epoch, bool shuffle) {
  if (!shuffle)
    return split.records;
  Indices order = keyedPermutation(split.size(), seed, "runtime.shuffle", uint32_t(epoch));
  for (int64_t &position : order)
    position = split.records[size_t(position)];
  return order;
}
