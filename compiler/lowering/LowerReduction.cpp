// Reductions over axes, moments in two passes, and argmax as the least place that holds the maximum.
#include "compiler/lowering/LinalgBuilder.h"

using namespace mlir;
using namespace nn;

namespace {

SmallVector<Value> same(ImplicitLocOpBuilder &, ValueRange x) { return {x[0]}; }

// The iteration space is that of x; the result's axes are those that stay.
AffineMap keptAxes(LinalgBuilder &builder, int64_t rank, ArrayRef<int64_t> axes) {
  SmallVector<AffineExpr> kept;
  for (int64_t axis = 0; axis < rank; ++axis)
    if (!llvm::is_contained(axes, axis))
      kept.push_back(builder.dim(axis));
  return builder.map(rank, kept);
}

Value lowerReduce(LinalgBuilder &builder, ReduceOp op) {
  int64_t rank = typeOf(op.getX()).getRank();
  auto kind = llvm::StringSwitch<Combine>(op.getKind())
                  .Case("sum", Combine::Sum)
                  .Case("prod", Combine::Product)
                  .Case("max", Combine::Max)
                  .Default(Combine::Min);
  return builder.reduce(typeOf(op), builder.dynamicSizeOf(op), kind, op.getX(), builder.identity(rank),
                        keptAxes(builder, rank, op.getAxes()), same);
}

Value lowerArgMax(LinalgBuilder &builder, ArgMaxOp op) {
  RankedTensorType source = typeOf(op.getX()), type = typeOf(op);
  int64_t rank = source.getRank(), axis = op.getAxis();
  Value rows = builder.dynamicSizeOf(op);
  AffineMap kept = keptAxes(builder, rank, {axis});
  auto bestType = RankedTensorType::get(type.getShape(), source.getElementType());
  Value best = builder.reduce(bestType, rows, Combine::Max, op.getX(), builder.identity(rank), kept, same);
  auto place = [&](ImplicitLocOpBuilder &s, ValueRange x) -> SmallVector<Value> {
    Value here = arith::IndexCastOp::create(s, s.getI32Type(), linalg::IndexOp::create(s, axis).getResult());
    Value none = arith::ConstantOp::create(s, s.getI32IntegerAttr(std::numeric_limits<int32_t>::max()));
    Value equal = arith::CmpFOp::create(s, arith::CmpFPredicate::OEQ, x[0], x[1]);
    return {arith::SelectOp::create(s, equal, here, none)};
  };
  Value first = builder.reduce(type, rows, Combine::Min, {op.getX(), best}, {builder.identity(rank), kept},
                               kept, place);
  // With NaN nothing equals the maximum: the place is then 0.
  auto known = [&](ImplicitLocOpBuilder &s, ValueRange x) -> SmallVector<Value> {
    Value length = arith::ConstantOp::create(s, s.getI32IntegerAttr(source.getDimSize(axis)));
    Value zero = arith::ConstantOp::create(s, s.getI32IntegerAttr(0));
    Value found = arith::CmpIOp::create(s, arith::CmpIPredicate::slt, x[0], length);
    return {arith::SelectOp::create(s, found, x[0], zero)};
  };
  return builder.pointwise(type, rows, first, builder.identity(type.getRank()), known);
}

// How many elements the reduced axes have, as a float.
Value countOf(LinalgBuilder &builder, Value x, ArrayRef<int64_t> axes, Type type) {
  ImplicitLocOpBuilder &b = builder.b;
  auto source = typeOf(x);
  int64_t fixed = 1;
  Value rows;
  for (int64_t axis : axes) {
    if (source.isDynamicDim(axis))
      rows = builder.dynamicSize(x);
    else
      fixed *= source.getDimSize(axis);
  }
  if (!rows)
    return builder.constant(type, fixed);
  Value count = arith::IndexCastOp::create(b, b.getI64Type(),
                                           arith::MulIOp::create(b, rows, builder.index(fixed)).getResult());
  return arith::SIToFPOp::create(b, type, count);
}

SmallVector<Value> lowerMoments(LinalgBuilder &builder, MomentsOp op) {
  auto type = typeOf(op.getMean());
  int64_t rank = typeOf(op.getX()).getRank();
  Value rows = builder.dynamicSizeOf(op);
  AffineMap all = builder.identity(rank), kept = keptAxes(builder, rank, op.getAxes());
  Value count = countOf(builder, op.getX(), op.getAxes(), type.getElementType());
  auto divide = [&](ImplicitLocOpBuilder &s, ValueRange x) -> SmallVector<Value> {
    return {arith::DivFOp::create(s, x[0], count)};
  };
  auto squaredDistance = [&](ImplicitLocOpBuilder &s, ValueRange x) -> SmallVector<Value> {
    Value distance = arith::SubFOp::create(s, x[0], x[1], arith::FastMathFlags::contract);
    return {arith::MulFOp::create(s, distance, distance, arith::FastMathFlags::contract)};
  };
  Value total = builder.reduce(type, rows, Combine::Sum, op.getX(), all, kept, same);
  Value mean = builder.pointwise(type, rows, total, builder.identity(type.getRank()), divide);
  Value spread =
      builder.reduce(type, rows, Combine::Sum, {op.getX(), mean}, {all, kept}, kept, squaredDistance);
  Value variance = builder.pointwise(type, rows, spread, builder.identity(type.getRank()), divide);
  return {mean, variance};
}

} // namespace

SmallVector<Value> nn::lowerReduction(LinalgBuilder &builder, Operation *op) {
  if (auto reduce = dyn_cast<ReduceOp>(op))
    return {lowerReduce(builder, reduce)};
  if (auto argmax = dyn_cast<ArgMaxOp>(op))
    return {lowerArgMax(builder, argmax)};
  if (auto moments = dyn_cast<MomentsOp>(op))
    return lowerMoments(builder, moments);
  return {};
}
