// Lookups by number. A gather is elementwise over its result: the row's number moves the address, and the row
// itself is contiguous. `scatter_add` stays as it is, since its order is a schedule's matter
// (ScatterNest.cpp).
#include "compiler/lowering/LinalgBuilder.h"

using namespace mlir;
using namespace nn;

namespace {

Value lowerIota(LinalgBuilder &builder, IotaOp op) {
  Type element = typeOf(op).getElementType();
  return builder.pointwise(
      typeOf(op), {}, {}, {}, [&](ImplicitLocOpBuilder &s, ValueRange) -> SmallVector<Value> {
        Value place =
            arith::IndexCastOp::create(s, s.getI32Type(), linalg::IndexOp::create(s, 0).getResult());
        return {arith::SIToFPOp::create(s, element, place)};
      });
}

Value i32(ImplicitLocOpBuilder &s, int64_t value) {
  return arith::ConstantOp::create(s, s.getI32IntegerAttr(value));
}

// A number outside of the table reads its nearest row, and the result is zero.
Value lowerGather(LinalgBuilder &builder, GatherOp op) {
  auto table = typeOf(op.getTable()), type = typeOf(op);
  int64_t indexRank = typeOf(op.getIndex()).getRank(), rows = table.getDimSize(0);
  SmallVector<AffineExpr> source;
  for (int64_t axis = 0; axis < indexRank; ++axis)
    source.push_back(builder.dim(axis));
  auto body = [&](ImplicitLocOpBuilder &s, ValueRange x) -> SmallVector<Value> {
    Value near = arith::MinSIOp::create(s, arith::MaxSIOp::create(s, x[0], i32(s, 0)), i32(s, rows - 1));
    SmallVector<Value> place = {arith::IndexCastOp::create(s, s.getIndexType(), near)};
    for (int64_t axis = indexRank; axis < type.getRank(); ++axis)
      place.push_back(linalg::IndexOp::create(s, axis));
    Value value = tensor::ExtractOp::create(s, op.getTable(), place);
    Value inside = arith::CmpIOp::create(s, arith::CmpIPredicate::eq, near, x[0]);
    Value zero = arith::ConstantOp::create(s, s.getZeroAttr(type.getElementType()));
    return {arith::SelectOp::create(s, inside, value, zero)};
  };
  return builder.pointwise(type, builder.dynamicSizeOf(op), op.getIndex(),
                           builder.map(type.getRank(), source), body);
}

} // namespace

SmallVector<Value> nn::lowerLookup(LinalgBuilder &builder, Operation *op) {
  if (auto iota = dyn_cast<IotaOp>(op))
    return {lowerIota(builder, iota)};
  if (auto gather = dyn_cast<GatherOp>(op))
    return {lowerGather(builder, gather)};
  return {};
}
