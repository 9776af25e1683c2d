// What the `partition` of a data set says, or its shares of train.
#ifndef NN_RUNTIME_DATA_PARTITIONOF_H
#define NN_RUNTIME_DATA_PARTITIONOF_H

#include "runtime/data/Partition.h"
#include "runtime/data/Source.h"

namespace nnrt {

bool hasPart(const nn_data &data, SplitName name);
// Rows that windows or `missing(forward)` join must already be in the order that `by: COLUMN` asks for.
Status checkOrder(const nn_data &data, const Table &table);
// The table must outlive the plan.
Result<PartitionPlan> partitionOf(const nn_data &data, const Table &table, const ReadContext &context);

} // namespace nnrt

#endif
