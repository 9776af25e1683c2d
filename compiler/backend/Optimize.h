// LLVM's own optimization of a finished module.
#ifndef NN_BACKEND_OPTIMIZE_H
#define NN_BACKEND_OPTIMIZE_H

#include "compiler/backend/Target.h"
#include "llvm/IR/Module.h"

namespace nn {

// Everything but the descriptor and what is hidden becomes internal.
void internalizeEntries(llvm::Module &module);

// After that what nobody uses vanishes, and the rest goes through -O3.
void optimize(llvm::Module &module, const Target &target);

} // namespace nn
#endif
