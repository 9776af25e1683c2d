// Verifiers of constants, casts and the ops that move elements. Each check bears the label of the constraint
// in the op's description.
#include "compiler/dialect/NnDialect.h"
#include "compiler/dialect/Shapes.h"

using namespace mlir;
using namespace nn;

LogicalResult ExtentOp::verify() {
  if (getFactor() < 1)
    return emitOpError("(C1) `factor` is ") << getFactor() << ", but must be at least 1";
  return success();
}

LogicalResult CastOp::verify() {
  Type from = getX().getType().getElementType(), to = getResult().getType().getElementType();
  if (!isa<FloatType>(to) && from != to)
    return emitOpError("(C1) casts ") << from << " to " << to << ", but makes floats only";
  return success();
}

LogicalResult BroadcastOp::verify() {
  RankedTensorType from = getX().getType(), to = getResult().getType();
  if (static_cast<int64_t>(getAxes().size()) != from.getRank() || !areAxes(getAxes(), to.getRank()))
    return emitOpError("(C1) `axes` must be strictly increasing axes of the result, one for each of `x`");
  for (auto [k, axis] : llvm::enumerate(getAxes()))
    if (from.getDimSize(k) != to.getDimSize(axis))
      return emitOpError("(C2) axis ")
             << k << " of `x` and axis " << axis << " of the result differ in length";
  auto isDynamic = [&](int64_t axis) { return to.isDynamicDim(axis); };
  bool makesRows = llvm::any_of(otherAxes(getAxes(), to.getRank()), isDynamic);
  if (makesRows != static_cast<bool>(getRows()))
    return emitOpError("(C3) `rows` goes with a new dynamic axis");
  return success();
}

LogicalResult ReshapeOp::verify() {
  RankedTensorType from = getX().getType(), to = getResult().getType();
  if (from.getNumDynamicDims() > 1 || from.getNumDynamicDims() != to.getNumDynamicDims())
    return emitOpError("(C1) both shapes must have the same number of dynamic axes, at most one");
  std::optional<int64_t> before = staticElements(from.getShape()), after = staticElements(to.getShape());
  if (!before || !after)
    return emitOpError("(C1) too many elements to count");
  // Axes merge into the batch or leave it again: its length is a multiple of the rows then.
  if (from.hasStaticShape() ? *before != *after : *before % *after != 0 && *after % *before != 0)
    return emitOpError("(C1) ") << *before << " elements cannot become " << *after;
  return success();
}

LogicalResult TransposeOp::verify() {
  RankedTensorType from = getX().getType(), to = getResult().getType();
  SmallVector<int64_t> sorted(getPermutation());
  llvm::sort(sorted);
  if (static_cast<int64_t>(sorted.size()) != from.getRank() || !areAxes(sorted, from.getRank()))
    return emitOpError("(C1) `permutation` must be a permutation of the axes");
  SmallVector<int64_t> shape;
  for (int64_t axis : getPermutation())
    shape.push_back(from.getDimSize(axis));
  if (ArrayRef(shape) != to.getShape())
    return emitOpError("(C2) the result's shape must be the permuted one");
  return success();
}

LogicalResult SliceOp::verify() {
  RankedTensorType from = getX().getType(), to = getResult().getType();
  auto rank = static_cast<size_t>(from.getRank());
  if (getStarts().size() != rank || getStrides().size() != rank || to.getShape().size() != rank)
    return emitOpError("(C1) needs one start and one stride for each axis, and keeps the rank");
  for (size_t axis = 0; axis < rank; ++axis) {
    int64_t start = getStarts()[axis], stride = getStrides()[axis];
    int64_t in = from.getDimSize(axis), out = to.getDimSize(axis);
    if (from.isDynamicDim(axis) || to.isDynamicDim(axis)) {
      if (in != out || start != 0 || stride != 1)
        return emitOpError("(C3) the dynamic axis ") << axis << " must be taken whole";
      continue;
    }
    if (start < 0 || start >= in || stride < 1)
      return emitOpError("(C1) start and stride of axis ") << axis << " are out of range";
    if (out < 1 || out - 1 > (in - 1 - start) / stride)
      return emitOpError("(C2) the last element of axis ") << axis << " is out of range";
  }
  return success();
}

LogicalResult PadOp::verify() {
  RankedTensorType from = getX().getType(), to = getResult().getType();
  auto rank = static_cast<size_t>(from.getRank());
  auto isNegative = [](int64_t amount) { return amount < 0; };
  for (ArrayRef<int64_t> amounts : {getLow(), getHigh(), getInterior()})
    if (amounts.size() != rank || llvm::any_of(amounts, isNegative))
      return emitOpError("(C1) needs one `low`, `high` and `interior` for each axis, none negative");
  if (to.getShape().size() != rank)
    return emitOpError("(C2) keeps the rank");
  for (size_t axis = 0; axis < rank; ++axis) {
    int64_t low = getLow()[axis], high = getHigh()[axis], interior = getInterior()[axis];
    int64_t in = from.getDimSize(axis), out = to.getDimSize(axis);
    bool isDynamic = from.isDynamicDim(axis) || to.isDynamicDim(axis);
    bool fits = isDynamic ? in == out && low + high + interior == 0
                          : out == low + in + std::max<int64_t>(in - 1, 0) * interior + high;
    if (!fits)
      return emitOpError("(C2) axis ") << axis << " of the result does not follow from the padding";
  }
  return success();
}

LogicalResult ConcatOp::verify() {
  if (getParts().empty())
    return emitOpError("(C1) needs an operand");
  auto to = getResult().getType();
  auto axis = static_cast<int64_t>(getAxis());
  if (axis < 0 || axis >= to.getRank() || to.isDynamicDim(axis))
    return emitOpError("(C2) `axis` must be a static axis");
  int64_t sum = 0;
  for (Value part : getParts()) {
    auto type = cast<RankedTensorType>(part.getType());
    if (type.getElementType() != to.getElementType() || type.getRank() != to.getRank() ||
        dropAxes(type.getShape(), axis) != dropAxes(to.getShape(), axis))
      return emitOpError("(C1) the operands must agree with the result but for `axis`");
    if (type.isDynamicDim(axis))
      return emitOpError("(C2) `axis` must be a static axis");
    sum += type.getDimSize(axis);
  }
  if (sum != to.getDimSize(axis))
    return emitOpError("(C2) the lengths add up to ") << sum << ", not " << to.getDimSize(axis);
  return success();
}
