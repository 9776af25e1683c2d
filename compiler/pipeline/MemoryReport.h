// What `--emit=memory` shows: the arena's size and where each tensor of the program lies.
#ifndef NN_PIPELINE_MEMORYREPORT_H
#define NN_PIPELINE_MEMORYREPORT_H

#include "mlir/IR/BuiltinOps.h"

namespace nn {

// From the attribute `nn.arena`.
void printMemory(mlir::ModuleOp module, llvm::raw_ostream &out);

} // namespace nn
#endif
