// Elementwise groups whose operands are contiguous along another axis than their results.
#ifndef NN_LOWERING_TRANSPOSENEST_H
#define NN_LOWERING_TRANSPOSENEST_H

#include "compiler/lowering/Nest.h"

namespace nn {

// Emits the group over `axes` if reading it along another axis than the last saves gathers; else false.
// `operands` are the addresses of all that is read, results are contiguous along the last axis.
bool emitTranspose(Kernel &kernel, llvm::ArrayRef<mlir::Value> roots, llvm::ArrayRef<Buffer> destinations,
                   llvm::ArrayRef<Axis> axes, const AddressForms &operands, bool parallel);

} // namespace nn
#endif
