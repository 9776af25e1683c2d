// The nodes that follow the totals of measures: tensors of a few numbers, in double.
#ifndef NN_RUNTIME_TRAIN_MEASURENODES_H
#define NN_RUNTIME_TRAIN_MEASURENODES_H

#include "runtime/abi/Program.h"

#include <vector>

namespace nnrt {

// The value of every node. `totals` are those of the training, `rows` the records of the split.
std::vector<std::vector<double>> evaluateNodes(const nn_train &train,
                                               const std::vector<std::vector<double>> &totals, int64_t rows);

} // namespace nnrt

#endif
