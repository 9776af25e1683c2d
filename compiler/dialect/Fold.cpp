// Folds that hold for every value, NaN, infinities and signed zeros included: `x + 0` is not one of them,
// since it makes 0 of -0, while `x + -0` and `x - 0` are.
#include "compiler/dialect/NnDialect.h"
#include "compiler/dialect/Shapes.h"
#include "mlir/IR/Matchers.h"
#include <cmath>

using namespace mlir;
using namespace nn;

// --- constants ------------------------------------------------------------------------------------------

// The one value of a constant, if all its elements are equal.
static std::optional<APFloat> splatFloat(Attribute attribute) {
  auto elements = dyn_cast_or_null<DenseElementsAttr>(attribute);
  if (!elements || !elements.isSplat() || !isa<FloatType>(elements.getElementType()))
    return std::nullopt;
  return elements.getSplatValue<APFloat>();
}

static std::optional<bool> splatMask(Attribute attribute) {
  auto elements = dyn_cast_or_null<DenseElementsAttr>(attribute);
  if (!elements || !elements.isSplat() || !elements.getElementType().isInteger(1))
    return std::nullopt;
  return elements.getSplatValue<bool>();
}

// Whether every element of `operand` is `number`, sign of zero included; `attribute` is its value if it is a
// constant itself, and not a broadcast of one.
static bool isEverywhere(Value operand, Attribute attribute, double number) {
  if (auto broadcast = operand.getDefiningOp<BroadcastOp>())
    matchPattern(broadcast.getX(), m_Constant(&attribute));
  std::optional<APFloat> splat = splatFloat(attribute);
  return splat && splat->convertToDouble() == number && splat->isNegative() == std::signbit(number);
}

// Two constants of one value each; IEEE arithmetic gives the same bits here as in the compiled program.
static OpFoldResult foldConstants(Attribute lhs, Attribute rhs,
                                  function_ref<APFloat(APFloat, APFloat)> apply) {
  std::optional<APFloat> a = splatFloat(lhs), b = splatFloat(rhs);
  if (!a || !b)
    return {};
  return DenseElementsAttr::get(cast<ShapedType>(cast<ElementsAttr>(lhs).getType()), apply(*a, *b));
}

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

// --- elementwise ----------------------------------------------------------------------------------------

OpFoldResult NegOp::fold(FoldAdaptor adaptor) {
  if (auto inner = getX().getDefiningOp<NegOp>())
    return inner.getX();
  if (std::optional<APFloat> value = splatFloat(adaptor.getX()))
    return DenseElementsAttr::get(getType(), neg(*value));
  return {};
}

OpFoldResult AddOp::fold(FoldAdaptor adaptor) {
  if (isEverywhere(getRhs(), adaptor.getRhs(), -0.0))
    return getLhs();
  if (isEverywhere(getLhs(), adaptor.getLhs(), -0.0))
    return getRhs();
  return foldConstants(adaptor.getLhs(), adaptor.getRhs(), [](APFloat a, APFloat b) { return a + b; });
}

OpFoldResult SubOp::fold(FoldAdaptor adaptor) {
  if (isEverywhere(getRhs(), adaptor.getRhs(), 0))
    return getLhs();
  return foldConstants(adaptor.getLhs(), adaptor.getRhs(), [](APFloat a, APFloat b) { return a - b; });
}

OpFoldResult MulOp::fold(FoldAdaptor adaptor) {
  if (isEverywhere(getRhs(), adaptor.getRhs(), 1))
    return getLhs();
  if (isEverywhere(getLhs(), adaptor.getLhs(), 1))
    return getRhs();
  return foldConstants(adaptor.getLhs(), adaptor.getRhs(), [](APFloat a, APFloat b) { return a * b; });
}

OpFoldResult DivOp::fold(FoldAdaptor adaptor) {
  if (isEverywhere(getRhs(), adaptor.getRhs(), 1))
    return getLhs();
  return foldConstants(adaptor.getLhs(), adaptor.getRhs(), [](APFloat a, APFloat b) { return a / b; });
}

OpFoldResult MaxOp::fold(FoldAdaptor adaptor) {
  if (getLhs() == getRhs())
    return getLhs();
  return foldConstants(adaptor.getLhs(), adaptor.getRhs(), llvm::maximum);
}

OpFoldResult MinOp::fold(FoldAdaptor adaptor) {
  if (getLhs() == getRhs())
    return getLhs();
  return foldConstants(adaptor.getLhs(), adaptor.getRhs(), llvm::minimum);
}

OpFoldResult PowOp::fold(FoldAdaptor adaptor) {
  if (isEverywhere(getRhs(), adaptor.getRhs(), 1))
    return getLhs();
  return {};
}

OpFoldResult SelectOp::fold(FoldAdaptor adaptor) {
  if (getOnTrue() == getOnFalse())
    return getOnTrue();
  if (std::optional<bool> mask = splatMask(adaptor.getCondition()))
    return *mask ? getOnTrue() : getOnFalse();
  return {};
}

// A constant operand of a commutative op is the right one.
OpFoldResult AndOp::fold(FoldAdaptor adaptor) {
  if (getLhs() == getRhs())
    return getLhs();
  if (std::optional<bool> mask = splatMask(adaptor.getRhs()))
    return *mask ? getLhs() : getRhs();
  return {};
}

OpFoldResult OrOp::fold(FoldAdaptor adaptor) {
  if (getLhs() == getRhs())
    return getLhs();
  if (std::optional<bool> mask = splatMask(adaptor.getRhs()))
    return *mask ? getRhs() : getLhs();
  return {};
}

OpFoldResult XorOp::fold(FoldAdaptor adaptor) {
  if (std::optional<bool> mask = splatMask(adaptor.getRhs()); mask && !*mask)
    return getLhs();
  return {};
}

OpFoldResult CastOp::fold(FoldAdaptor) {
  if (getX().getType() == getType())
    return getX();
  return {};
}

// --- shape ----------------------------------------------------------------------------------------------

// broadcast(broadcast(x)) = broadcast(x) along the axes of both.
OpFoldResult BroadcastOp::fold(FoldAdaptor adaptor) {
  if (getX().getType() == getType())
    return getX();
  auto constant = dyn_cast_or_null<DenseElementsAttr>(adaptor.getX());
  if (constant && constant.isSplat() && getType().hasStaticShape())
    return constant.resizeSplat(getType());
  auto inner = getX().getDefiningOp<BroadcastOp>();
  if (!inner || (inner.getRows() && getRows() && inner.getRows() != getRows()))
    return {};
  SmallVector<int64_t> axes;
  for (int64_t axis : inner.getAxes())
    axes.push_back(getAxes()[axis]);
  if (!getRows() && inner.getRows())
    getRowsMutable().assign(inner.getRows());
  getXMutable().assign(inner.getX());
  setAxes(axes);
  return getResult();
}

OpFoldResult ReshapeOp::fold(FoldAdaptor adaptor) {
  if (getX().getType() == getType())
    return getX();
  if (auto constant = dyn_cast_or_null<DenseElementsAttr>(adaptor.getX());
      constant && getType().hasStaticShape())
    return constant.reshape(getType());
  auto inner = getX().getDefiningOp<ReshapeOp>();
  if (!inner)
    return {};
  if (inner.getX().getType() == getType())
    return inner.getX();
  // A batch that was merged and split differently has no direct form.
  if (!getType().hasStaticShape()) {
    int64_t before = *staticElements(inner.getX().getType().getShape()),
            after = *staticElements(getType().getShape());
    if (before % after != 0 && after % before != 0)
      return {};
  }
  getXMutable().assign(inner.getX());
  return getResult();
}

OpFoldResult TransposeOp::fold(FoldAdaptor adaptor) {
  auto isIdentity = [](ArrayRef<int64_t> permutation) { return llvm::is_sorted(permutation); };
  if (isIdentity(getPermutation()))
    return getX();
  auto constant = dyn_cast_or_null<DenseElementsAttr>(adaptor.getX());
  if (constant && constant.isSplat())
    return constant.resizeSplat(getType());
  auto inner = getX().getDefiningOp<TransposeOp>();
  if (!inner)
    return {};
  SmallVector<int64_t> permutation;
  for (int64_t axis : getPermutation())
    permutation.push_back(inner.getPermutation()[axis]);
  getXMutable().assign(inner.getX());
  setPermutation(permutation);
  return isIdentity(permutation) ? OpFoldResult(inner.getX()) : OpFoldResult(getResult());
}

// A slice of the operand's type takes every element: there is no room for another start or stride.
OpFoldResult SliceOp::fold(FoldAdaptor) {
  if (getX().getType() == getType() && llvm::all_of(getStarts(), [](int64_t start) { return start == 0; }))
    return getX();
  return {};
}
