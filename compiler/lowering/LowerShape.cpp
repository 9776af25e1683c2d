// Constants and ops that move elements: an index map where one does, else a bounded read at a computed place.
#include "compiler/lowering/LinalgBuilder.h"

using namespace mlir;
using namespace nn;

namespace {

SmallVector<Value> same(ImplicitLocOpBuilder &, ValueRange x) { return {x[0]}; }

Value lowerConstant(LinalgBuilder &builder, ConstantOp op) {
  auto splat = cast<SplatElementsAttr>(op.getValue());
  return builder.pointwise(
      typeOf(op), {}, {}, {}, [&](ImplicitLocOpBuilder &s, ValueRange) -> SmallVector<Value> {
        return {arith::ConstantOp::create(s, cast<TypedAttr>(splat.getSplatValue<Attribute>()))};
      });
}

Value lowerExtent(LinalgBuilder &builder, ExtentOp op) {
  ImplicitLocOpBuilder &b = builder.b;
  Value count = arith::MulIOp::create(b, op.getRows(), builder.index(op.getFactor()));
  Value whole = arith::IndexCastOp::create(b, b.getI64Type(), count);
  Value number = arith::SIToFPOp::create(b, typeOf(op).getElementType(), whole);
  return builder.pointwise(
      typeOf(op), {}, {}, {},
      [&](ImplicitLocOpBuilder &, ValueRange) -> SmallVector<Value> { return {number}; });
}

Value lowerBroadcast(LinalgBuilder &builder, BroadcastOp op) {
  SmallVector<AffineExpr> source;
  for (int64_t axis : op.getAxes())
    source.push_back(builder.dim(axis));
  AffineMap map = builder.map(typeOf(op).getRank(), source);
  return builder.pointwise(typeOf(op), builder.dynamicSizeOf(op), op.getX(), map, same);
}

Value lowerTranspose(LinalgBuilder &builder, TransposeOp op) {
  SmallVector<AffineExpr> source(typeOf(op).getRank());
  for (auto [axis, from] : llvm::enumerate(op.getPermutation()))
    source[from] = builder.dim(axis);
  return builder.pointwise(typeOf(op), builder.dynamicSizeOf(op), op.getX(),
                           builder.map(source.size(), source), same);
}

Value lowerSlice(LinalgBuilder &builder, SliceOp op) {
  SmallVector<AffineExpr> source;
  for (auto [axis, start] : llvm::enumerate(op.getStarts()))
    source.push_back(builder.dim(axis) * op.getStrides()[axis] + start);
  return builder.pointwise(typeOf(op), builder.dynamicSizeOf(op), op.getX(),
                           builder.map(source.size(), source), same);
}

// Every part is read at the nearest place it has; the one that owns the place is chosen.
Value lowerConcat(LinalgBuilder &builder, ConcatOp op) {
  RankedTensorType type = typeOf(op);
  int64_t axis = op.getAxis();
  auto body = [&](ImplicitLocOpBuilder &s, ValueRange) -> SmallVector<Value> {
    auto number = [&](int64_t value) { return arith::ConstantIndexOp::create(s, value).getResult(); };
    SmallVector<Value> place;
    for (int64_t d = 0; d < type.getRank(); ++d)
      place.push_back(linalg::IndexOp::create(s, d));
    Value along = place[axis], chosen;
    int64_t start = 0;
    for (Value part : op.getParts()) {
      int64_t length = typeOf(part).getDimSize(axis);
      Value inner = arith::SubIOp::create(s, along, number(start));
      inner = arith::MinSIOp::create(s, arith::MaxSIOp::create(s, inner, number(0)), number(length - 1));
      place[axis] = inner;
      Value value = tensor::ExtractOp::create(s, part, place);
      Value reached = arith::CmpIOp::create(s, arith::CmpIPredicate::sge, along, number(start));
      chosen = chosen ? arith::SelectOp::create(s, reached, value, chosen).getResult() : value;
      start += length;
    }
    return {chosen};
  };
  return builder.pointwise(type, builder.dynamicSizeOf(op), {}, {}, body);
}

Value lowerOneHot(LinalgBuilder &builder, OneHotOp op) {
  int64_t rank = typeOf(op).getRank();
  SmallVector<AffineExpr> source;
  for (int64_t axis = 0; axis + 1 < rank; ++axis)
    source.push_back(builder.dim(axis));
  auto body = [&](ImplicitLocOpBuilder &s, ValueRange x) -> SmallVector<Value> {
    Value place =
        arith::IndexCastOp::create(s, s.getI32Type(), linalg::IndexOp::create(s, rank - 1).getResult());
    return {arith::CmpIOp::create(s, arith::CmpIPredicate::eq, x[0], place)};
  };
  return builder.pointwise(typeOf(op), builder.dynamicSizeOf(op), op.getLabel(), builder.map(rank, source),
                           body);
}

} // namespace

SmallVector<Value> nn::lowerShape(LinalgBuilder &builder, Operation *op) {
  Value value =
      TypeSwitch<Operation *, Value>(op)
          .Case([&](ConstantOp o) { return lowerConstant(builder, o); })
          .Case([&](ExtentOp o) { return lowerExtent(builder, o); })
          .Case([&](BroadcastOp o) { return lowerBroadcast(builder, o); })
          .Case([&](ReshapeOp o) { return builder.reshape(o.getX(), typeOf(o)); })
          .Case([&](TransposeOp o) { return lowerTranspose(builder, o); })
          .Case([&](SliceOp o) { return lowerSlice(builder, o); })
          .Case([&](PadOp o) { return builder.pad(o.getX(), typeOf(o), o.getLow(), o.getInterior()); })
          .Case([&](ConcatOp o) { return lowerConcat(builder, o); })
          .Case([&](OneHotOp o) { return lowerOneHot(builder, o); })
          .Default(Value());
  return value ? SmallVector<Value>{value} : SmallVector<Value>{};
}
