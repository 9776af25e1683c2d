// Translation proper is MLIR's; here the module gets its target.
#include "compiler/backend/Translate.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"
#include "mlir/Target/LLVMIR/Export.h"

namespace nn {

void registerTranslations(mlir::DialectRegistry &registry) {
  mlir::registerAllToLLVMIRTranslations(registry);
}

std::unique_ptr<llvm::Module> translate(mlir::ModuleOp module, llvm::LLVMContext &context,
                                        const Target &target) {
  std::unique_ptr<llvm::Module> result = mlir::translateModuleToLLVMIR(module, context, "nn");
  if (!result)
    return nullptr;
  result->setTargetTriple(target.machine->getTargetTriple());
  result->setDataLayout(target.machine->createDataLayout());
  // LLVM avoids the widest registers by default; the schedules were made for them.
  std::string width = std::to_string(target.shape.vectorBits);
  for (llvm::Function &function : *result)
    if (!function.isDeclaration())
      function.addFnAttr("prefer-vector-width", width);
  return result;
}

} // namespace nn
