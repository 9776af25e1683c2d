// Predictions for one record: kernels whose batch is known to be 1 have shorter loops, and other axes than
// the batch for threads to share.
#ifndef NN_LOWERING_ONEROW_H
#define NN_LOWERING_ONEROW_H

#include "compiler/lowering/Entries.h"

namespace nn {

// The kernels of `predict` that are worth a version for one row: products over rows of the batch.
llvm::SmallVector<mlir::func::FuncOp> kernelsForOneRow(mlir::ModuleOp module);

// A kernel that calls `one` where there is one row, else `many`. It takes `many`'s name and its place in the
// module. All three begin with the same arguments, `shared` of them; the rest is scratch of either.
KernelUse chooseByRows(KernelUse many, KernelUse one, unsigned shared);

} // namespace nn
#endif
