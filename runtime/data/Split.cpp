// Parts that have no source of their own are taken out of the records of train.
#include "runtime/data/Split.h"
#include "runtime/data/AllParts.h"
#include "runtime/data/PartitionOf.h"

#include <cstdio>

using namespace nnrt;

namespace {

Result<Parts> takeParts(const nn_data &data, const Split &all, const ReadContext &context) {
  NNRT_ASSIGN(PartitionPlan plan, partitionOf(data, *all.table, context));
  Result<Parts> parts = partition(all.records, plan);
  if (!parts)
    return dataError(std::string("data set `") + data.name + "`: " + parts.error().message);
  int64_t count = all.records.size(), leftOut = count - parts->train.size() - parts->validation.size() -
                                                parts->test.size() - parts->reaching;
  if (parts->reaching > 0)
    fprintf(
        stderr,
        "data set `%s`: %lld of %lld windows are in no part: their targets are those of a later part too\n",
        data.name, (long long)parts->reaching, (long long)count);
  if (leftOut > 0)
    fprintf(stderr, "data set `%s`: %lld of %lld records are in no part: the shares are less than 100%%\n",
            data.name, (long long)leftOut, (long long)count);
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
  bool hasSource =
      (name == SplitName::validation && data.validation.name) || (name == SplitName::test && data.test.name);
  return hasSource || hasPart(data, name);
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
  NNRT_ASSIGN(Parts parts, takeParts(data, all, context));
  all.records = std::move(name == SplitName::train        ? parts.train
                          : name == SplitName::validation ? parts.validation
                                                          : parts.test);
  return all;
}

Result<std::vector<Part>> nnrt::loadParts(const nn_data &data, ReadContext &context) {
  NNRT_ASSIGN(Split whole, loadAll(data, data.train, SplitName::train, context));
  NNRT_ASSIGN(Parts parts, takeParts(data, whole, context));
  std::vector<Part> all;
  all.push_back({SplitName::train, {whole.table, std::move(parts.train)}});
  struct Other {
    SplitName name;
    const nn_call &source;
    Indices &share;
  };
  for (const Other &other : {Other{SplitName::validation, data.validation, parts.validation},
                             Other{SplitName::test, data.test, parts.test}}) {
    if (other.source.name) {
      NNRT_ASSIGN(Split split, loadAll(data, other.source, other.name, context));
      all.push_back({other.name, std::move(split)});
    } else if (hasSplit(data, other.name)) {
      all.push_back({other.name, {whole.table, std::move(other.share)}});
    }
  }
  return all;
}

Result<TrainingData> nnrt::loadTrainingData(const nn_data &data, ReadContext &context) {
  if (!data.train.name)
    return dataError(std::string("data set `") + data.name + "` has no train split");
  NNRT_ASSIGN(Split all, loadAll(data, data.train, SplitName::train, context));
  NNRT_ASSIGN(Parts parts, takeParts(data, all, context));
  TrainingData result{{all.table, std::move(parts.train)}, std::nullopt};
  if (hasPart(data, SplitName::validation)) {
    result.validation = Split{all.table, std::move(parts.validation)};
  } else if (data.validation.name) {
    NNRT_ASSIGN(result.validation, loadAll(data, data.validation, SplitName::validation, context));
  }
  // Read for its errors only: better now than after hours of training.
  if (data.test.name)
    NNRT_TRY(loadAll(data, data.test, SplitName::test, context));
  return result;
}
