// Parts travel as bitcode, because modules of one LLVM context cannot be worked on at the same time.
#include "compiler/backend/Parts.h"
#include "compiler/backend/Emit.h"
#include "compiler/backend/Optimize.h"

#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/SplitModule.h"

namespace nn {

namespace {

constexpr unsigned mostParts = 32;

CodePart compilePart(llvm::Module &module, const Target &target, WantedCode wanted) {
  CodePart part;
  optimize(module, target);
  if (wanted.ir) {
    llvm::raw_string_ostream stream(part.ir);
    module.print(stream, nullptr);
  }
  // Emitting uses a module up, so assembly is made from a copy.
  if (wanted.assembly)
    part.assembly = emitCode(*llvm::CloneModule(module), target, CodeKind::Assembly);
  if (wanted.object)
    part.object = emitCode(module, target, CodeKind::Object);
  return part;
}

// Target machines keep what they have made for functions, so each thread has its own.
Target copyOf(const Target &target) {
  const llvm::TargetMachine &machine = *target.machine;
  Target copy;
  copy.machine.reset(machine.getTarget().createTargetMachine(
      machine.getTargetTriple(), machine.getTargetCPU(), machine.getTargetFeatureString(), machine.Options,
      machine.getRelocationModel(), machine.getCodeModel(), machine.getOptLevel()));
  copy.cpu = target.cpu;
  copy.shape = target.shape;
  copy.features = target.features;
  return copy;
}

CodePart compileBitcode(llvm::StringRef bitcode, const Target &target, WantedCode wanted) {
  llvm::LLVMContext context;
  auto module = llvm::parseBitcodeFile(llvm::MemoryBufferRef(bitcode, "nn"), context);
  if (!module)
    llvm::report_fatal_error(module.takeError());
  return compilePart(**module, copyOf(target), wanted);
}

// Kernels are what entries call. A hidden name can be called from another part, and is gone from the
// executable.
void nameKernels(llvm::Module &module) {
  for (llvm::Function &entry : module)
    if (entry.hasFnAttribute(llvm::Attribute::OptimizeNone))
      for (llvm::Instruction &instruction : llvm::instructions(entry))
        if (auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction))
          if (llvm::Function *kernel = call->getCalledFunction(); kernel && kernel->hasLocalLinkage()) {
            kernel->setLinkage(llvm::GlobalValue::ExternalLinkage);
            kernel->setVisibility(llvm::GlobalValue::HiddenVisibility);
          }
}

// Chunks stay with their kernels and data with what reads them: their names are local.
std::vector<std::string> split(llvm::Module &module, unsigned count) {
  nameKernels(module);
  internalizeEntries(module);
  std::vector<std::string> parts;
  auto write = [&](std::unique_ptr<llvm::Module> part) {
    llvm::raw_string_ostream stream(parts.emplace_back());
    llvm::WriteBitcodeToFile(*part, stream);
  };
  llvm::SplitModule(module, count, write, /*PreserveLocals=*/true);
  return parts;
}

} // namespace

std::vector<CodePart> compileParts(std::unique_ptr<llvm::Module> module, const Target &target,
                                   WantedCode wanted, unsigned instructionsOfPart) {
  unsigned count = std::min(module->getInstructionCount() / instructionsOfPart, mostParts);
  std::vector<CodePart> compiled(1);
  if (count < 2) {
    compiled[0] = compilePart(*module, target, wanted);
    return compiled;
  }
  std::vector<std::string> parts = split(*module, count);
  module.reset();
  compiled.resize(parts.size());
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency());
  for (size_t k = 0; k < parts.size(); ++k)
    pool.async([&, k] {
      compiled[k] = compileBitcode(parts[k], target, wanted);
      parts[k].clear();
    });
  pool.wait();
  return compiled;
}

} // namespace nn
