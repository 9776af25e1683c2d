// The O3 pipeline of the new pass manager.
#include "compiler/backend/Optimize.h"
#include "compiler/backend/Descriptor.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Passes/StandardInstrumentations.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Transforms/IPO/Internalize.h"

namespace nn {

// Tiles that add to memory, image by image, mean to: their sums, held in registers over the loop around them,
// would all be spilled within it. The option is the only way to say so.
static bool keepSumsInMemory() {
  llvm::cl::Option *option = llvm::cl::getRegisteredOptions().lookup("disable-licm-promotion");
  if (option)
    static_cast<llvm::cl::opt<bool> *>(option)->setValue(true);
  return option != nullptr;
}

void internalizeEntries(llvm::Module &module) {
  llvm::internalizeModule(module, [](const llvm::GlobalValue &value) {
    return value.getName() == descriptorSymbol || value.hasHiddenVisibility();
  });
}

void optimize(llvm::Module &module, const Target &target) {
  // Once, for all the parts of a program that are optimized side by side.
  [[maybe_unused]] static const bool kept = keepSumsInMemory();
  internalizeEntries(module);

  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;

  // The kernels are vector code already: LLVM's vectorizers would search for a third of the time and find
  // nothing.
  llvm::PipelineTuningOptions tuning;
  tuning.LoopVectorization = false;
  tuning.LoopInterleaving = false;
  tuning.SLPVectorization = false;

  // Without it, passes do not see that an entry is to be left alone.
  llvm::PassInstrumentationCallbacks callbacks;
  llvm::OptNoneInstrumentation unoptimized(/*DebugLogging=*/false);
  unoptimized.registerCallbacks(callbacks);
  llvm::PassBuilder builder(target.machine.get(), tuning, std::nullopt, &callbacks);

  // The executable links libm only, so no vector library may be assumed.
  llvm::TargetLibraryInfoImpl library(module.getTargetTriple());
  functions.registerPass([&] { return llvm::TargetLibraryAnalysis(library); });

  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  builder.buildPerModuleDefaultPipeline(llvm::OptimizationLevel::O3).run(module, modules);
}

} // namespace nn
