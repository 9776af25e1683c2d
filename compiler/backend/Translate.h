// From the LLVM dialect to an LLVM module for a target.
#ifndef NN_BACKEND_TRANSLATE_H
#define NN_BACKEND_TRANSLATE_H

#include "compiler/backend/Target.h"
#include "llvm/IR/Module.h"
#include "mlir/IR/BuiltinOps.h"

namespace nn {

// What the context needs before `translate`.
void registerTranslations(mlir::DialectRegistry &registry);

// Null, with an error on the module's location, if something is left that has no translation.
std::unique_ptr<llvm::Module> translate(mlir::ModuleOp module, llvm::LLVMContext &context,
                                        const Target &target);

} // namespace nn
#endif
