// The phases between irgen and LLVM: each a pass manager of its own over the module, verified after every
// pass.
#ifndef NN_PIPELINE_MODULEPHASES_H
#define NN_PIPELINE_MODULEPHASES_H

#include "compiler/lowering/Pipeline.h"
#include "compiler/pipeline/PhaseSink.h"
#include "mlir/IR/BuiltinOps.h"

namespace nn {

// Whether the run goes on, has ended with the phase that was to be printed, or met a fault of the compiler.
enum class Progress { GoesOn, Ended, Failed };

// The passes of one phase, Autodiff to Llvm (which ends in the LLVM dialect).
void buildPhase(Phase phase, mlir::OpPassManager &manager, const TargetShape &target);

// Takes the module from irgen's form into the LLVM dialect. After a failure `reproducer` names a file, or is
// "".
Progress runModulePhases(mlir::ModuleOp module, const TargetShape &target, PhaseSink &sink,
                         std::string &reproducer);

} // namespace nn
#endif
