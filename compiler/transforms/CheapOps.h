// Ops that cost less than the memory traffic they save.
#ifndef NN_TRANSFORMS_CHEAPOPS_H
#define NN_TRANSFORMS_CHEAPOPS_H

#include "compiler/dialect/NnDialect.h"
#include "llvm/ADT/SetVector.h"

namespace nn {

// The ops that read `value`, each once.
llvm::SetVector<mlir::Operation *> readersOf(mlir::Value value);

// Whether the op is cheap arithmetic on one tensor that is in memory anyway, since it is an argument or
// several ops read it: wherever the op stands, that tensor is there to be read.
bool isCheapFromMemory(mlir::Operation *op);

} // namespace nn
#endif
