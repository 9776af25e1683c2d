// The plan of a program's memory as a table for people.
#ifndef NN_LOWERING_ARENA_H
#define NN_LOWERING_ARENA_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/raw_ostream.h"

namespace nn {

// Prints the attribute `nn.arena`, one line a tensor, totals last.
void printMemory(mlir::ModuleOp module, llvm::raw_ostream &out);

} // namespace nn
#endif
