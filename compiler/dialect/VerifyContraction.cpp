// Verifiers of matrix products and convolutions. Each check bears the label of the constraint in the op's
// description.
#include "compiler/dialect/NnDialect.h"
#include "compiler/dialect/Shapes.h"

using namespace mlir;
using namespace nn;

LogicalResult MatMulOp::verify() {
  ArrayRef<int64_t> lhs = getLhs().getType().getShape(), rhs = getRhs().getType().getShape();
  bool isBatched = lhs.size() == 3;
  if (lhs.size() != rhs.size() || (lhs.size() != 2 && !isBatched) || (isBatched && lhs[0] != rhs[0]))
    return emitOpError("(C1) both operands must have rank 2, or rank 3 and equal first axes");
  ArrayRef<int64_t> a = lhs.take_back(2), b = rhs.take_back(2);
  bool ta = getTransposeLhs(), tb = getTransposeRhs();
  if (a[!ta] != b[tb])
    return emitOpError("(C2) the contracted axes differ in length");
  SmallVector<int64_t> shape(lhs.drop_back(2));
  shape.append({a[ta], b[!tb]});
  if (getResult().getType().getShape() != ArrayRef(shape))
    return emitOpError("(C3) the result's shape must follow from the operands'");
  return success();
}

// The constraints of `conv` on its input, filter and result, under the labels that `label` gives them.
static LogicalResult verifyConvolution(Operation *op, RankedTensorType input, RankedTensorType filter,
                                       RankedTensorType result, ArrayRef<int64_t> strides,
                                       ArrayRef<int64_t> padding, ArrayRef<int64_t> dilations, int64_t groups,
                                       function_ref<StringRef(unsigned)> label) {
  int64_t rank = input.getRank();
  auto spatial = static_cast<size_t>(rank) - 2;
  if (rank < 3 || rank > 5 || filter.getRank() != rank || result.getRank() != rank)
    return op->emitOpError(label(1)) << " the ranks must agree, with 1 to 3 spatial axes";
  if (!filter.hasStaticShape() || input.getNumDynamicDims() != input.isDynamicDim(0))
    return op->emitOpError(label(1)) << " only the batch may be dynamic";
  auto isBelow = [](int64_t bound) { return [bound](int64_t value) { return value < bound; }; };
  if (strides.size() != spatial || dilations.size() != spatial || padding.size() != 2 * spatial ||
      groups < 1 || llvm::any_of(strides, isBelow(1)) || llvm::any_of(dilations, isBelow(1)) ||
      llvm::any_of(padding, isBelow(0)))
    return op->emitOpError(label(3))
           << " strides, dilations and groups must be at least 1, padding not negative";
  int64_t c = input.getDimSize(rank - 1), f = filter.getDimSize(rank - 1);
  if (c % groups != 0 || f % groups != 0 || filter.getDimSize(rank - 2) != c / groups)
    return op->emitOpError(label(2))
           << " channels and filters must be multiples of `groups`, and the filter's "
              "channels those of a group";
  SmallVector<int64_t> shape = {input.getDimSize(0)};
  for (size_t k = 0; k < spatial; ++k)
    shape.push_back(windowCount(input.getDimSize(k + 1), padding[2 * k], padding[2 * k + 1],
                                filter.getDimSize(k), dilations[k], strides[k]));
  shape.push_back(f);
  if (llvm::is_contained(shape, 0) || ArrayRef(shape) != result.getShape())
    return op->emitOpError(label(4)) << " the output's shape must follow and have no empty axis";
  return success();
}

static StringRef ownLabel(unsigned constraint) {
  constexpr StringRef labels[] = {"", "(C1)", "(C2)", "(C3)", "(C4)"};
  return labels[constraint];
}

// The gradients have one constraint: that the convolution exists whose gradient they are.
static StringRef gradientLabel(unsigned) { return "(C1)"; }

LogicalResult ConvOp::verify() {
  return verifyConvolution(*this, getInput().getType(), getFilter().getType(), getResult().getType(),
                           getStrides(), getPadding(), getDilations(), getGroups(), ownLabel);
}

LogicalResult ConvInputGradOp::verify() {
  return verifyConvolution(*this, getResult().getType(), getFilter().getType(), getGradient().getType(),
                           getStrides(), getPadding(), getDilations(), getGroups(), gradientLabel);
}

LogicalResult ConvFilterGradOp::verify() {
  return verifyConvolution(*this, getInput().getType(), getResult().getType(), getGradient().getType(),
                           getStrides(), getPadding(), getDilations(), getGroups(), gradientLabel);
}
