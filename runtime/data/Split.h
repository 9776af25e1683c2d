// The parts of a data set.
#ifndef NN_RUNTIME_DATA_SPLIT_H
#define NN_RUNTIME_DATA_SPLIT_H

#include "runtime/base/Result.h"
#include "runtime/data/Indices.h"
#include "runtime/data/Source.h"

#include <memory>
#include <optional>

namespace nnrt {

struct Split {
  std::shared_ptr<const Table> table;
  Indices records;
  int64_t size() const { return records.size(); }
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

} // namespace nnrt

#endif
