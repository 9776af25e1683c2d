// Verifiers of randomness, differentiation and fusion. Each check bears the label of the constraint in the
// op's description.
#include "compiler/dialect/NnDialect.h"

using namespace mlir;
using namespace nn;

LogicalResult RandomOp::verify() {
  ArrayRef<int64_t> shape = getResult().getType().getShape();
  if (getIds()) {
    ArrayRef<int64_t> ids = getIds().getType().getShape();
    if (ids.size() != 1 || shape.empty() || ids[0] != shape[0])
      return emitOpError("(C1) the axis of `ids` must be the result's first");
  }
  if (shape.empty() || !ShapedType::isDynamicShape(shape)) {
    if (getRows())
      return emitOpError("(C2) `rows` goes with a dynamic first axis");
    return success();
  }
  bool onlyFirst = ShapedType::isDynamic(shape[0]) && !ShapedType::isDynamicShape(shape.drop_front());
  if (!onlyFirst || static_cast<bool>(getIds()) == static_cast<bool>(getRows()))
    return emitOpError("(C2) only the first axis may be dynamic, and then it is that of `ids` or of `rows`");
  return success();
}

LogicalResult GradientOp::verify() {
  if (getWith().getTypes() != getResults().getTypes())
    return emitOpError("(C1) needs one result for each value, of its type");
  return success();
}

LogicalResult FusedOp::verify() {
  if (getBody().front().getArgumentTypes() != getInputs().getTypes())
    return emitOpError("(C1) the block arguments must have the operands' types");
  if (getBody().front().getTerminator()->getOperandTypes() != getResultTypes())
    return emitOpError("(C1) the yielded values must have the results' types");
  return success();
}
