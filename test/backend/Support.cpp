#include "test/backend/Support.h"
#include "compiler/backend/Translate.h"
#include "llvm/Support/FileSystem.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Parser/Parser.h"

namespace nn::test {

static mlir::DialectRegistry registry() {
  mlir::DialectRegistry registry;
  registry.insert<mlir::LLVM::LLVMDialect>();
  registerTranslations(registry);
  return registry;
}

Module::Module(const std::string &text)
    : context(registry()), module(mlir::parseSourceString<mlir::ModuleOp>(text, &context)) {}

Target hostTarget() {
  DiagnosticEngine engine;
  return std::move(*selectTarget("native", engine));
}

TemporaryDirectory::TemporaryDirectory() {
  llvm::SmallString<128> name;
  llvm::sys::fs::createUniqueDirectory("nnc-test", name);
  path = name.str().str();
}

TemporaryDirectory::~TemporaryDirectory() { llvm::sys::fs::remove_directories(path); }

unsigned TemporaryDirectory::fileCount() const {
  std::error_code error;
  unsigned count = 0;
  for (llvm::sys::fs::directory_iterator entry(path, error), end; entry != end && !error;
       entry.increment(error))
    ++count;
  return count;
}

} // namespace nn::test
