#include "compiler/autodiff/Adjoint.h"

#include "compiler/dialect/Rows.h"
#include "compiler/dialect/Shapes.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace nn {

static RankedTensorType typeOf(Value value) { return cast<RankedTensorType>(value.getType()); }

void Adjoint::flow(Value value, function_ref<Value()> gradient) {
  if (!active.contains(value))
    return;
  Value contribution = gradient();
  Value &sum = gradients[value];
  sum = sum ? add(sum, contribution) : contribution;
}

Value Adjoint::compare(StringRef predicate, Value a, Value b) {
  return CompareOp::create(builder, typeOf(a).clone(builder.getI1Type()), predicate, a, b);
}

Value Adjoint::castLike(Value x, Value like) {
  RankedTensorType type = typeOf(x).clone(typeOf(like).getElementType());
  return type == x.getType() ? x : CastOp::create(builder, type, x).getResult();
}

Value Adjoint::sum(Value x, ArrayRef<int64_t> axes) {
  if (axes.empty())
    return x;
  RankedTensorType type = typeOf(x).clone(dropAxes(typeOf(x).getShape(), axes));
  return ReduceOp::create(builder, type, "sum", x, axes);
}

Value Adjoint::reshape(Value x, ArrayRef<int64_t> shape) {
  RankedTensorType type = typeOf(x).clone(shape);
  return type == x.getType() ? x : ReshapeOp::create(builder, type, x).getResult();
}

Value Adjoint::transpose(Value x, ArrayRef<int64_t> permutation) {
  if (llvm::is_sorted(permutation))
    return x;
  SmallVector<int64_t> shape;
  for (int64_t axis : permutation)
    shape.push_back(typeOf(x).getDimSize(axis));
  return TransposeOp::create(builder, typeOf(x).clone(shape), x, permutation);
}

Value Adjoint::splat(double value, Value like) {
  RankedTensorType type = typeOf(like);
  auto constant = [&](RankedTensorType type) -> Value {
    auto elements =
        DenseElementsAttr::get(type, Attribute(builder.getFloatAttr(type.getElementType(), value)));
    return ConstantOp::create(builder, type, elements);
  };
  if (type.hasStaticShape())
    return constant(type);
  return broadcastLike(constant(type.clone(ArrayRef<int64_t>())), {}, like);
}

Value Adjoint::broadcastLike(Value x, ArrayRef<int64_t> axes, Value like) {
  RankedTensorType type = typeOf(like).clone(typeOf(x).getElementType());
  bool makesRows =
      llvm::any_of(otherAxes(axes, type.getRank()), [&](int64_t axis) { return type.isDynamicDim(axis); });
  return BroadcastOp::create(builder, type, x, makesRows ? rowsOf(like) : Value(), axes);
}

Value Adjoint::count(Value x, ArrayRef<int64_t> axes) {
  RankedTensorType type = typeOf(x);
  int64_t factor = 1;
  bool overRows = false;
  for (int64_t axis : axes) {
    overRows |= type.isDynamicDim(axis);
    factor *= type.isDynamicDim(axis) ? 1 : type.getDimSize(axis);
  }
  RankedTensorType scalar = RankedTensorType::get({}, type.getElementType());
  if (overRows)
    return ExtentOp::create(builder, scalar, rows, factor * rowFactor(x));
  auto value =
      DenseElementsAttr::get(scalar, Attribute(builder.getFloatAttr(scalar.getElementType(), factor)));
  return ConstantOp::create(builder, scalar, value);
}

Value Adjoint::rowsOf(Value value) {
  int64_t factor = rowFactor(value);
  if (factor == 1)
    return rows;
  return arith::MulIOp::create(builder, rows, arith::ConstantIndexOp::create(builder, factor));
}

std::optional<double> constantSplat(Value value) {
  while (auto broadcast = value.getDefiningOp<BroadcastOp>())
    value = broadcast.getX();
  DenseElementsAttr elements;
  if (!matchPattern(value, m_Constant(&elements)) || !elements.isSplat() ||
      !isa<FloatType>(elements.getElementType()))
    return std::nullopt;
  return elements.getSplatValue<APFloat>().convertToDouble();
}

} // namespace nn
