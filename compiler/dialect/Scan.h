// Changes of scans that several phases make.
#ifndef NN_DIALECT_SCAN_H
#define NN_DIALECT_SCAN_H

#include "compiler/dialect/NnDialect.h"

namespace nn {

// Replaces `scan` by one that stacks `values` of its body too, each once. `stacks` are their results, in
// order.
ScanOp withStacks(ScanOp scan, llvm::ArrayRef<mlir::Value> values,
                  llvm::SmallVectorImpl<mlir::Value> &stacks);

} // namespace nn
#endif
