// Code generation still runs on LLVM's legacy pass manager.
#include "compiler/backend/Emit.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/raw_ostream.h"

namespace nn {

std::string emitCode(llvm::Module &module, const Target &target, CodeKind kind) {
  llvm::SmallString<0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  llvm::legacy::PassManager passes;
  passes.add(new llvm::TargetLibraryInfoWrapperPass(module.getTargetTriple()));
  auto fileType =
      kind == CodeKind::Object ? llvm::CodeGenFileType::ObjectFile : llvm::CodeGenFileType::AssemblyFile;
  if (target.machine->addPassesToEmitFile(passes, stream, nullptr, fileType))
    llvm::report_fatal_error("this target emits no such file");
  passes.run(module);
  return bytes.str().str();
}

} // namespace nn
