// The lowering phases, pass by pass.
#include "compiler/lowering/Pipeline.h"
#include "compiler/lowering/Passes.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

void nn::buildLinalgPhase(OpPassManager &manager) {
  // Before groups become kernels: it changes what they read.
  manager.addNestedPass<func::FuncOp>(createRecomputeResultsPass());
  manager.addPass(createOutlineKernelsPass());
  manager.addNestedPass<func::FuncOp>(createToLinalgPass());
}

void nn::buildVectorPhase(OpPassManager &manager, const TargetShape &target) {
  EmitKernelsPassOptions options;
  options.vectorBits = target.vectorBits;
  options.vectorRegisters = target.vectorRegisters;
  manager.addPass(createEmitKernelsPass(options));
  // Addresses were written out in full everywhere.
  manager.addNestedPass<func::FuncOp>(createCSEPass());
  manager.addNestedPass<func::FuncOp>(createCanonicalizerPass());
}

void nn::buildMemrefPhase(OpPassManager &manager, const TargetShape &target) {
  manager.addPass(createPlanArenaPass());
  // Before loop-invariant code moves: a vector cannot be captured.
  manager.addPass(createOutlineParallelPass());
  manager.addNestedPass<func::FuncOp>(createLoopInvariantCodeMotionPass());
  manager.addNestedPass<func::FuncOp>(createCSEPass());
}

void nn::buildLlvmPhase(OpPassManager &manager, const TargetShape &target) {
  OpPassManager &mathematics = manager.nest<func::FuncOp>();
  mathematics.addPass(createLowerMathPass());
  mathematics.addPass(createConvertMathToLLVMPass());
  // What has no intrinsic is left: erf. It is taken apart by lanes, so before vectors go.
  manager.addPass(createConvertMathToLibmPass());
  OpPassManager &functions = manager.nest<func::FuncOp>();
  functions.addPass(createBranchWatchesPass());
  functions.addPass(createSCFToControlFlowPass());
  functions.addPass(createConvertVectorToLLVMPass());
  functions.addPass(createArithToLLVMConversionPass());
  manager.addPass(createFinalizeMemRefToLLVMConversionPass());
  ConvertFuncToLLVMPassOptions functionOptions;
  functionOptions.useBarePtrCallConv = true;
  manager.addPass(createConvertFuncToLLVMPass(functionOptions));
  manager.addPass(createConvertControlFlowToLLVMPass());
  manager.addPass(createUBToLLVMConversionPass());
  manager.addPass(createReconcileUnrealizedCastsPass());
  // Descriptors of buffers are built and taken apart again around every use: the more is gone before
  // translation, the less LLVM has to read. Entries are not optimized there at all.
  GreedyRewriteConfig onlyFolds;
  onlyFolds.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
  manager.addNestedPass<LLVM::LLVMFuncOp>(createCanonicalizerPass(onlyFolds));
  manager.addPass(createToLlvmPass());
}

void nn::registerLoweringPipelines() {
  PassPipelineRegistration<>("nn-linalg-phase", "nn to kernels of linalg",
                             [](OpPassManager &m) { buildLinalgPhase(m); });
  PassPipelineRegistration<>("nn-vector-phase", "linalg to vector code on buffers",
                             [](OpPassManager &m) { buildVectorPhase(m, {}); });
  PassPipelineRegistration<>("nn-memref-phase", "buffers in the arena, parallel loops outlined",
                             [](OpPassManager &m) { buildMemrefPhase(m, {}); });
  PassPipelineRegistration<>("nn-llvm-phase", "to the LLVM dialect",
                             [](OpPassManager &m) { buildLlvmPhase(m, {}); });
}
