// Verifiers of the ops that make or drop an axis. Each check bears the label of the constraint in the op's
// description.
#include "compiler/dialect/NnDialect.h"
#include "compiler/dialect/Shapes.h"

using namespace mlir;
using namespace nn;

// (C1) and (C2) of `reduce` and `moments`.
static LogicalResult verifyReduction(Operation *op, RankedTensorType from, ArrayRef<int64_t> axes,
                                     RankedTensorType to) {
  if (!areAxes(axes, from.getRank()))
    return op->emitOpError("(C1) `axes` must be strictly increasing and in range");
  if (ArrayRef(dropAxes(from.getShape(), axes)) != to.getShape())
    return op->emitOpError("(C2) the result's shape must be that of `x` without `axes`");
  return success();
}

LogicalResult ReduceOp::verify() {
  return verifyReduction(*this, getX().getType(), getAxes(), getResult().getType());
}

LogicalResult MomentsOp::verify() {
  if (failed(verifyReduction(*this, getX().getType(), getAxes(), getMean().getType())))
    return failure();
  return verifyReduction(*this, getX().getType(), getAxes(), getVariance().getType());
}

LogicalResult ArgMaxOp::verify() {
  RankedTensorType from = getX().getType();
  auto axis = static_cast<int64_t>(getAxis());
  if (axis < 0 || axis >= from.getRank() || from.isDynamicDim(axis))
    return emitOpError("(C1) `axis` must be in range and static");
  if (ArrayRef(dropAxes(from.getShape(), axis)) != getResult().getType().getShape())
    return emitOpError("(C2) the result's shape must be that of `x` without `axis`");
  return success();
}

LogicalResult OneHotOp::verify() {
  ArrayRef<int64_t> from = getLabel().getType().getShape(), to = getResult().getType().getShape();
  if (to.size() != from.size() + 1 || to.drop_back() != from || ShapedType::isDynamic(to.back()))
    return emitOpError("(C1) the result must have one more axis, the last, of static length");
  return success();
}
