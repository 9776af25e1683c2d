// Verifiers of pooling. Each check bears the label of the constraint in the op's description.
#include "compiler/dialect/NnDialect.h"
#include "compiler/dialect/Shapes.h"

using namespace mlir;
using namespace nn;

// The constraints of `max_pool`; the gradients have one: that the pooling exists which they belong to.
static LogicalResult verifyPooling(Operation *op, RankedTensorType input, RankedTensorType result,
                                   RankedTensorType place, ArrayRef<int64_t> window,
                                   ArrayRef<int64_t> strides, ArrayRef<int64_t> padding,
                                   StringRef windowLabel, StringRef shapeLabel) {
  int64_t rank = input.getRank();
  auto spatial = static_cast<size_t>(rank) - 2;
  if (rank < 3 || input.getNumDynamicDims() != input.isDynamicDim(0) || window.size() != spatial ||
      strides.size() != spatial || padding.size() != 2 * spatial)
    return op->emitOpError(windowLabel) << " needs a window, a stride and two paddings for each spatial axis";
  SmallVector<int64_t> shape = {input.getDimSize(0)};
  for (size_t k = 0; k < spatial; ++k) {
    int64_t low = padding[2 * k], high = padding[2 * k + 1];
    if (window[k] < 1 || strides[k] < 1 || low < 0 || high < 0 || low >= window[k] || high >= window[k])
      return op->emitOpError(windowLabel)
             << " windows and strides must be at least 1, paddings less than their window";
    shape.push_back(windowCount(input.getDimSize(k + 1), low, high, window[k], /*dilation=*/1, strides[k]));
  }
  shape.push_back(input.getDimSize(rank - 1));
  if (llvm::is_contained(shape, 0) || ArrayRef(shape) != result.getShape() ||
      ArrayRef(shape) != place.getShape())
    return op->emitOpError(shapeLabel) << " the output's shape must follow and have no empty axis";
  return success();
}

LogicalResult MaxPoolOp::verify() {
  return verifyPooling(*this, getInput().getType(), getResult().getType(), getPlace().getType(), getWindow(),
                       getStrides(), getPadding(), "(C1)", "(C2)");
}

LogicalResult MaxPoolGradOp::verify() {
  return verifyPooling(*this, getResult().getType(), getGradient().getType(), getPlace().getType(),
                       getWindow(), getStrides(), getPadding(), "(C1)", "(C1)");
}

LogicalResult MaxPoolPickOp::verify() {
  return verifyPooling(*this, getInput().getType(), getResult().getType(), getPlace().getType(), getWindow(),
                       getStrides(), getPadding(), "(C1)", "(C1)");
}

LogicalResult SumPoolOp::verify() {
  return verifyPooling(*this, getInput().getType(), getType(), getType(), getWindow(), getStrides(),
                       getPadding(), "(C1)", "(C2)");
}

LogicalResult SumPoolGradOp::verify() {
  RankedTensorType gradient = getGradient().getType();
  return verifyPooling(*this, getType(), gradient, gradient, getWindow(), getStrides(), getPadding(), "(C1)",
                       "(C1)");
}
