// The O3 pipeline of the new pass manager.
#include "compiler/backend/Optimize.h"
#include "compiler/backend/Descriptor.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Passes/StandardInstrumentations.h"
#include "llvm/Transforms/IPO/Internalize.h"

namespace nn {

void internalizeEntries(llvm::Module &module) {
  llvm::internalizeModule(module, [](const llvm::GlobalValue &value) {
    return value.getName() == descriptorSymbol || value.hasHiddenVisibility();
  });
}

void optimize(llvm::Module &module, const Target &target) {
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
