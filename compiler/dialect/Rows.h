// What a dynamic axis means in numbers.
#ifndef NN_DIALECT_ROWS_H
#define NN_DIALECT_ROWS_H

#include "mlir/IR/Value.h"

namespace nn {

// The length of the dynamic axis of `value` is the entry's row count times this factor, which is more than 1
// only after a reshape that merges axes into the batch.
int64_t rowFactor(mlir::Value value);

// The constant that multiplies the row count in `rows`, a row count or a product of one.
int64_t factorOfCount(mlir::Value rows);

// The row count of the function around `block`: its first argument. Null if that is no index.
mlir::Value rowCount(mlir::Block *block);

} // namespace nn
#endif
