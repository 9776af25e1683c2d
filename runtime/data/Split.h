// Which records of a source a split has, and in which order an epoch visits them: keyed permutations, so both
// depend on the seed (and the epoch) only.
#ifndef NN_RUNTIME_DATA_SPLIT_H
#define NN_RUNTIME_DATA_SPLIT_H

#include "runtime/base/Result.h"
#include "runtime/data/Source.h"

#include <memory>
#include <optional>

namespace nnrt {

using Indices = std::vector<int64_t>;

// A random permutation of [0, count) for (seed, purpose, time).
Indices keyedPermutation(int64_t count, uint64_t seed, std::string_view purpose, uint32_t time);

struct Split {
  std::shared_ptr<const Table> table;
  Indices records; // ascending
  int64_t size() const { return int64_t(records.size()); }
};

bool hasSplit(const nn_data &data, SplitName name);
// test, else validation, else train.
SplitName defaultSplit(const nn_data &data);
std::optional<SplitName> parseSplit(std::string_view text);

// One split of a data set; the others are not read. Shares for validation and test are taken out
// of train.
Result<Split> loadSplit(const nn_data &data, SplitName name, ReadContext &context);

struct TrainingData {
  Split train;
  std::optional<Split> validation;
};
// Fails too where the test part, which is not kept, cannot be read.
Result<TrainingData> loadTrainingData(const nn_data &data, ReadContext &context);

// The records of a split in the order of an epoch.
Indices epochOrder(const Split &split, uint64_t seed, int64_t epoch, bool shuffle);

} // namespace nnrt

#endif
