// nn-autodiff: reverse mode. A gradient op becomes a walk back over the ops before it, one rule each.
#include "compiler/autodiff/Passes.h"
#include "compiler/autodiff/Rules.h"
#include "compiler/dialect/Origin.h"
#include "compiler/dialect/Rows.h"

using namespace mlir;

namespace nn {

#define GEN_PASS_DEF_AUTODIFFPASS
#include "compiler/autodiff/Passes.h.inc"

static bool isFloatTensor(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && isa<FloatType>(type.getElementType());
}

SmallVector<Operation *> activeOps(Block &block, Operation *end, DenseSet<Value> &values) {
  SmallVector<Operation *> ops;
  for (Operation &op : block) {
    if (&op == end)
      break;
    auto isActive = [&](Value operand) { return values.contains(operand); };
    if (llvm::none_of(op.getOperands(), isActive) || RuleTable::get().isConstant(op.getName().getStringRef()))
      continue;
    ops.push_back(&op);
    for (Value result : llvm::make_filter_range(op.getResults(), isFloatTensor))
      values.insert(result);
  }
  return ops;
}

LogicalResult walkBack(ArrayRef<Operation *> ops, Adjoint &adjoint) {
  for (Operation *op : llvm::reverse(ops)) {
    auto hasGradient = [&](Value result) { return static_cast<bool>(adjoint.of(result)); };
    if (llvm::none_of(op->getResults(), hasGradient))
      continue;
    Rule rule = RuleTable::get().lookup(op->getName().getStringRef());
    if (!rule)
      return op->emitOpError("has no derivative, but a gradient through it is asked for");
    adjoint.builder.setLoc(inBackward(op->getLoc()));
    rule(op, adjoint);
  }
  return success(!adjoint.hasFailed);
}

namespace {

// The backward pass spreads values over the batch, if there is one, so it needs its length.
bool lacksRowCount(GradientOp gradient, const DenseSet<Value> &values) {
  auto isBatch = [](Value value) { return !cast<RankedTensorType>(value.getType()).hasStaticShape(); };
  return !rowCount(gradient->getBlock()) && llvm::any_of(values, isBatch);
}

LogicalResult replaceGradient(GradientOp gradient) {
  DenseSet<Value> values(gradient.getWith().begin(), gradient.getWith().end());
  SmallVector<Operation *> ops = activeOps(*gradient->getBlock(), gradient, values);
  if (lacksRowCount(gradient, values))
    return gradient.emitOpError("needs the row count, which is no argument of the function");
  ImplicitLocOpBuilder builder(inBackward(gradient.getLoc()), gradient);
  Adjoint adjoint(builder, rowCount(gradient->getBlock()), values);

  Value objective = gradient.getObjective();
  adjoint.flow(objective, [&] { return adjoint.splat(1, objective); });
  if (failed(walkBack(ops, adjoint)))
    return failure();

  builder.setLoc(inBackward(gradient.getLoc()));
  for (auto [value, result] : llvm::zip(gradient.getWith(), gradient.getResults())) {
    Value found = adjoint.of(value);
    result.replaceAllUsesWith(found ? found : adjoint.splat(0, value));
  }
  gradient.erase();
  return success();
}

struct AutodiffPass : impl::AutodiffPassBase<AutodiffPass> {
  void runOnOperation() override {
    // In text order: the backward pass of the first is part of what the next may differentiate.
    SmallVector<GradientOp> found;
    getOperation().walk([&](GradientOp op) { found.push_back(op); });
    for (GradientOp op : found) {
      if (failed(replaceGradient(op)))
        return signalPassFailure();
      ++gradients;
    }
  }
};

} // namespace
} // namespace nn
