// Runs the phases in order. A phase boundary is where text can be seen and where a reproducer begins.
#include "compiler/pipeline/ModulePhases.h"
#include "compiler/autodiff/Pipeline.h"
#include "compiler/pipeline/MemoryReport.h"
#include "compiler/pipeline/LayerReport.h"
#include "compiler/pipeline/Reproducer.h"
#include "compiler/transforms/Pipeline.h"

namespace nn {

namespace {

mlir::LogicalResult runPhase(Phase phase, mlir::ModuleOp module, const TargetShape &target,
                             std::string &reproducer) {
  auto manager = mlir::PassManager::on<mlir::ModuleOp>(module.getContext());
  manager.enableVerifier(true);
  enableReproducer(manager, reproducer);
  buildPhase(phase, manager, target);
  return manager.run(module);
}

} // namespace

void buildPhase(Phase phase, mlir::OpPassManager &manager, const TargetShape &target) {
  switch (phase) {
  case Phase::Autodiff:
    return buildAutodiffPhase(manager);
  case Phase::Transforms:
    return buildTransformsPhase(manager);
  case Phase::Linalg:
    return buildLinalgPhase(manager);
  case Phase::Vector:
    return buildVectorPhase(manager, target);
  case Phase::Memref:
    return buildMemrefPhase(manager, target);
  case Phase::Llvm:
    return buildLlvmPhase(manager, target);
  default:
    return; // not a phase of the module
  }
}

Progress runModulePhases(mlir::ModuleOp module, const TargetShape &target, PhaseSink &sink,
                         std::string &reproducer) {
  auto print = [&](llvm::raw_ostream &out) { module.print(out); };
  sink.add(Phase::Nn, print);
  if (sink.isLast(Phase::Nn))
    return Progress::Ended;

  for (Phase phase :
       {Phase::Autodiff, Phase::Transforms, Phase::Linalg, Phase::Vector, Phase::Memref, Phase::Llvm}) {
    if (failed(runPhase(phase, module, target, reproducer)))
      return Progress::Failed;
    // `llvm` shows LLVM IR, which the module is not yet.
    if (phase != Phase::Llvm)
      sink.add(phase, print);
    // Kernels have their schedules, and entries still are lists of calls.
    if (phase == Phase::Vector)
      sink.add(Phase::Report, [&](llvm::raw_ostream &out) { printReport(module, target, out); });
    // The plan stands when the buffers do.
    if (phase == Phase::Memref)
      sink.add(Phase::Memory, [&](llvm::raw_ostream &out) { printMemory(module, out); });
    if ((phase != Phase::Llvm && sink.isLast(phase)) ||
        (phase == Phase::Vector && sink.isLast(Phase::Report)) ||
        (phase == Phase::Memref && sink.isLast(Phase::Memory)))
      return Progress::Ended;
  }
  return Progress::GoesOn;
}

} // namespace nn
