// Divides the records of a source into train, validation and test. Which part a record is in depends on the
// seed, the records and the plan only, and takes a few passes; only an order by a column takes a list of
// records.
#ifndef NN_RUNTIME_DATA_PARTITION_H
#define NN_RUNTIME_DATA_PARTITION_H

#include "runtime/base/Result.h"
#include "runtime/data/Classes.h"

#include <optional>

namespace nnrt {

struct PartitionPlan {
  uint64_t seed = 0;
  // Shares of all records; behind folds or a test part by value, of the rest. Without a share, train has what
  // the others leave, with one, records may be left out.
  double validation = 0, test = 0;
  std::optional<double> train;
  // Test is number `fold` of `folds` parts of equal size; there are none when it is 0.
  int64_t folds = 0, fold = 0;
  // Each part has its share of every class, to within one record.
  ValueOf stratify;
  // Records of a group stay together. Groups come in keyed order, and each goes where most is missing,
  // counted by class under `stratify`: sizes are as near to the shares as the groups allow.
  ValueOf group;
  // Train, then validation, then test, in the order of the records, or of their values in a column, of which
  // equal ones stay together; what is left out comes before.
  bool inOrder = false;
  ValueOf orderBy;
  // In order, so many records before one reach into what it predicts: none of them is in a part before its.
  int64_t reach = 0;
  // The value of a column tells the part. Without a value for it, train is the rest.
  ValueOf column;
  std::optional<double> trainValue, validationValue, testValue;
};

struct Parts {
  Indices train, validation, test;
  int64_t reaching = 0; // records in none, as they reach into a later one
};

// A part that the plan asks for and that gets no record is an error.
Result<Parts> partition(const Indices &records, const PartitionPlan &plan);

} // namespace nnrt

#endif
