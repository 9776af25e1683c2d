// What `--emit=report` shows: for each layer of a step and of `predict` its multiply-adds, the bytes its
// kernels read and write, their schedules, and the share of the time that a simple model expects, of a step
// by stage.
#ifndef NN_PIPELINE_LAYERREPORT_H
#define NN_PIPELINE_LAYERREPORT_H

#include "compiler/lowering/Pipeline.h"
#include "mlir/IR/BuiltinOps.h"

namespace nn {

// From the attributes `nn.work` of kernels and `nn.layer` of their calls, when the vector phase is done.
void printReport(mlir::ModuleOp module, const TargetShape &target, llvm::raw_ostream &out);

} // namespace nn
#endif
