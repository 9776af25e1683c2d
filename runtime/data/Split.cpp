// Fisher-Yates with keyed draws; the shares of validation and test are the head of such a permutation.
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

bool sharesValidation(const nn_data &data) { return !data.validation.name && data.validation_share > 0; }
bool sharesTest(const nn_data &data) { return !data.test.name && data.test_share > 0; }

int64_t shareCount(double share, int64_t records) {
  return share > 0 ? std::clamp<int64_t>(std::llround(share * double(records)), 1, records) : 0;
}

Split allOf(Table table) {
  Split split;
  split.records.resize(size_t(table.records));
  std::iota(split.records.begin(), split.records.end(), 0);
  split.table = std::make_shared<const Table>(std::move(table));
  return split;
}

struct Parts {
  Split train, validation, test;
};

// A text is cut in file order, so that no part overlaps or surrounds another; other records are mixed first.
Result<Parts> takeShares(const nn_data &data, const Split &all, uint64_t seed) {
  int64_t records = all.size();
  int64_t validation = shareCount(sharesValidation(data) ? data.validation_share : 0, records);
  int64_t test = shareCount(sharesTest(data) ? data.test_share : 0, records);
  int64_t train = records - validation - test;
  if (train < 1)
    return dataError(std::string("data set `") + data.name + "`: " + std::to_string(records) +
                     " records are too few to share among train, validation and test");
  bool inOrder = isText(data.train);
  Indices order = inOrder ? all.records : keyedPermutation(records, seed, "runtime.validation", 0);
  auto take = [&](int64_t first, int64_t count) {
    Split part{all.table, Indices(order.begin() + first, order.begin() + first + count)};
    std::sort(part.records.begin(), part.records.end());
    return part;
  };
  if (inOrder)
    return Parts{take(0, train), take(train, validation), take(train + validation, test)};
  return Parts{take(validation + test, train), take(0, validation), take(validation, test)};
}

Result<Split> loadAll(const nn_data &data, const nn_call &call, SplitName name, ReadContext &context) {
  NNRT_ASSIGN(Table table, loadSource(data, call, name, context));
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
    return data.test.name || (data.train.name && data.test_share > 0);
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

Result<Split> nnrt::loadSplit(const nn_data &data, SplitName name, ReadContext &context) {
  if (!hasSplit(data, name))
    return usageError(std::string("data set `") + data.name + "` has no " + textOf(name) + " split");
  if (name == SplitName::test && data.test.name)
    return loadAll(data, data.test, name, context);
  if (name == SplitName::validation && data.validation.name)
    return loadAll(data, data.validation, name, context);
  NNRT_ASSIGN(Split all, loadAll(data, data.train, SplitName::train, context));
  NNRT_ASSIGN(Parts parts, takeShares(data, all, context.seed));
  return std::move(name == SplitName::train        ? parts.train
                   : name == SplitName::validation ? parts.validation
                                                   : parts.test);
}

Result<TrainingData> nnrt::loadTrainingData(const nn_data &data, ReadContext &context) {
  if (!data.train.name)
    return dataError(std::string("data set `") + data.name + "` has no train split");
  NNRT_ASSIGN(Split all, loadAll(data, data.train, SplitName::train, context));
  NNRT_ASSIGN(Parts parts, takeShares(data, all, context.seed));
  TrainingData result{std::move(parts.train), std::nullopt};
  if (sharesValidation(data)) {
    result.validation = std::move(parts.validation);
  } else if (data.validation.name) {
    NNRT_ASSIGN(result.validation, loadAll(data, data.validation, SplitName::validation, context));
  }
  // Read for its errors only: better now than after hours of training.
  if (data.test.name)
    NNRT_TRY(loadAll(data, data.test, SplitName::test, context));
  return result;
}

Indices nnrt::epochOrder(const Split &split, uint64_t seed, int64_t epoch, bool shuffle) {
  if (!shuffle)
    return split.records;
  Indices order = keyedPermutation(split.size(), seed, "runtime.shuffle", uint32_t(epoch));
  for (int64_t &position : order)
    position = split.records[size_t(position)];
  return order;
}
