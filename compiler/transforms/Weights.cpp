#include "compiler/transforms/Weights.h"

using namespace mlir;

namespace nn {

static StringRef text(Attribute attribute) {
  auto string = dyn_cast_or_null<StringAttr>(attribute);
  return string ? string.getValue() : StringRef();
}

StringRef roleOfArgument(func::FuncOp entry, unsigned index) {
  return text(entry.getArgAttr(index, "nn.role"));
}
StringRef roleOfResult(func::FuncOp entry, unsigned index) {
  return text(entry.getResultAttr(index, "nn.role"));
}

bool isWithoutTraining(func::FuncOp entry) {
  for (unsigned index = 0; index < entry.getNumResults(); ++index)
    if (llvm::is_contained({"parameter", "state", "optimizer"}, roleOfResult(entry, index)))
      return false;
  return true;
}

WeightValues::WeightValues(func::FuncOp entry) {
  for (BlockArgument argument : entry.getArguments())
    if (llvm::is_contained({"parameter", "state"}, roleOfArgument(entry, argument.getArgNumber())))
      values.insert(argument);
  for (Operation &op : entry.getBody().front().without_terminator()) {
    bool isPlain = isa<NnDialect>(op.getDialect()) && op.getNumRegions() == 0 && !isa<GradientOp>(op);
    if (isPlain && llvm::all_of(op.getOperands(), [&](Value operand) { return contains(operand); }))
      values.insert(op.result_begin(), op.result_end());
  }
}

} // namespace nn
