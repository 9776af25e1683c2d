// Entries on buffers: which memory each tensor has, and where a result may take the place of an operand.
#ifndef NN_LOWERING_ENTRIES_H
#define NN_LOWERING_ENTRIES_H

#include "compiler/lowering/Passes.h"

namespace nn {

// The rows that buffers have room for: the program's batch.
int64_t batchOf(mlir::ModuleOp module);

// (operand, result) of a kernel that may be the same memory: every element is read before it is written.
using InPlace = llvm::SmallVector<std::pair<unsigned, unsigned>>;

struct KernelUse {
  mlir::func::FuncOp target;
  InPlace inPlace;
};

// `nestOf` numbers the loop nest that stores a result.
InPlace inPlaceOperands(mlir::func::FuncOp kernel, const llvm::DenseMap<mlir::Value, unsigned> &nestOf);

// Rewrites all entries: tensors become buffers (`memref.alloc` with `nn.role`, `nn.name` and `nn.type` where
// they have a name), calls pass them.
mlir::LogicalResult bufferEntries(mlir::ModuleOp module,
                                  const llvm::DenseMap<llvm::StringRef, KernelUse> &uses, int64_t batch);

} // namespace nn
#endif
