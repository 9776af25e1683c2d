// Weights in the layout of the kernels: where `predict` or `eval` multiply by a large weight, its panels are
// made by the entry `fold`, once for all calls, in memory of their own.
#ifndef NN_LOWERING_PACKEDWEIGHTS_H
#define NN_LOWERING_PACKEDWEIGHTS_H

#include "compiler/lowering/Entries.h"

namespace nn {

// Panels [columns / tile][steps][tile] of a matrix [steps, columns], or [columns, steps] if `isTransposed`.
struct PanelLayout {
  unsigned weight; // argument of the kernel
  int64_t steps, columns, tile;
  bool isTransposed;
};

// Before kernels are emitted: says of each which of its arguments are weights that only `fold` sees change. A
// kernel that a training step calls too is written a second time.
void noteKeptWeights(mlir::ModuleOp module);
bool isKeptWeight(mlir::func::FuncOp kernel, unsigned argument);

// An argument of an emitted kernel that takes panels.
void notePanels(mlir::func::FuncOp target, unsigned argument, const PanelLayout &layout);
// Role and name of the memory that a call passes for an argument; null if the argument takes no panels.
mlir::DictionaryAttr panelsFor(mlir::func::CallOp call, mlir::func::FuncOp target, unsigned argument);

// When kernels are emitted: has `fold` make the panels that they take. Returns kernels of linalg that it
// calls.
llvm::SmallVector<mlir::func::FuncOp> packWeights(mlir::ModuleOp module,
                                                  const llvm::DenseMap<llvm::StringRef, KernelUse> &uses);
// Forgets what was noted: it is for the lowering of this module alone.
void forgetPanels(mlir::ModuleOp module);

} // namespace nn
#endif
