// The passes of this folder, declared in Passes.td.
#ifndef NN_AUTODIFF_PASSES_H
#define NN_AUTODIFF_PASSES_H

#include "compiler/dialect/NnDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/Pass.h"

namespace nn {

#define GEN_PASS_DECL
#include "compiler/autodiff/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/autodiff/Passes.h.inc"

} // namespace nn
#endif
