// The shares of validation and test are taken out of the records of train.
#include "runtime/data/Split.h"
#include "runtime/data/Partition.h"

using namespace nnrt;

namespace {

bool sharesValidation(const nn_data &data) { return !data.validation.name && data.validation_share > 0; }
bool sharesTest(const nn_data &data) { return !data.test.name && data.test_share > 0; }

// A text is cut in file order, so that no part overlaps or surrounds another; other records are mixed.
Result<Parts> takeShares(const nn_data &data, const Split &all, uint64_t seed) {
  PartitionPlan plan;
  plan.seed = seed;
  plan.validation = sharesValidation(data) ? data.validation_share : 0;
  plan.test = sharesTest(data) ? data.test_share : 0;
  plan.inOrder = isText(data.train);
  Result<Parts> parts = partition(all.records, plan);
  if (!parts)
    return dataError(std::string("data set `") + data.name + "`: " + parts.error().message);
  return parts;
}

Result<Split> loadAll(const nn_data &data, const nn_call &call, SplitName name, ReadContext &context) {
  NNRT_ASSIGN(Table table, loadSource(data, call, name, context));
  Split split;
  split.records = Indices::all(table.records);
  split.table = std::make_shared<const Table>(std::move(table));
  return split;
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
  all.records = std::move(name == SplitName::train        ? parts.train
                          : name == SplitName::validation ? parts.validation
                                                          : parts.test);
  return all;
}

Result<TrainingData> nnrt::loadTrainingData(const nn_data &data, ReadContext &context) {
  if (!data.train.name)
    return dataError(std::string("data set `") + data.name + "` has no train split");
  NNRT_ASSIGN(Split all, loadAll(data, data.train, SplitName::train, context));
  NNRT_ASSIGN(Parts parts, takeShares(data, all, context.seed));
  TrainingData result{{all.table, std::move(parts.train)}, std::nullopt};
  if (sharesValidation(data)) {
    result.validation = Split{all.table, std::move(parts.validation)};
  } else if (data.validation.name) {
    NNRT_ASSIGN(result.validation, loadAll(data, data.validation, SplitName::validation, context));
  }
  // Read for its errors only: better now than after hours of training.
  if (data.test.name)
    NNRT_TRY(loadAll(data, data.test, SplitName::test, context));
  return result;
}
