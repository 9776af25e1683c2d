// Which layer an op comes from, and which stage of a training step: its location says so. A layer is a
// NameLoc around the place in the text. What autodiff makes has the place marked `backward`; what updates a
// parameter is in no layer, but marked with that of the parameter.
#ifndef NN_DIALECT_ORIGIN_H
#define NN_DIALECT_ORIGIN_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"

namespace nn {

// In the order of nn_stage (runtime/abi/Program.h).
enum class Stage { Forward, Backward, Optimizer };

struct Origin {
  mlir::StringAttr layer; // null outside layers
  Stage stage = Stage::Forward;
};

Origin originOf(mlir::Location location);

// The same place and layer, in the backward pass.
mlir::Location inBackward(mlir::Location location);
// A place in an optimizer's text, that works for a layer, or for all where `layer` is empty.
mlir::Location inOptimizer(mlir::Location place, llvm::StringRef layer);

// `backward` and so on, as in the attribute `nn.stage` of calls.
llvm::StringRef nameOf(Stage stage);
Stage stageNamed(mlir::Attribute name); // forward if null

} // namespace nn
#endif
