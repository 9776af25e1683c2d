// Derivatives of the ops that move elements: each is linear, and its rule is its adjoint.
#include "compiler/autodiff/Rules.h"
#include "compiler/dialect/Shapes.h"

using namespace mlir;

namespace nn {
namespace {

// `pad` puts back what `slice` has taken.
Value padBack(SliceOp y, Value g, Adjoint &a) {
  ArrayRef<int64_t> in = y.getX().getType().getShape(), out = y.getType().getShape();
  SmallVector<int64_t> low(y.getStarts()), high, interior;
  for (auto [axis, start] : llvm::enumerate(y.getStarts())) {
    int64_t stride = y.getStrides()[axis];
    interior.push_back(stride - 1);
    high.push_back(ShapedType::isDynamic(in[axis]) ? 0 : in[axis] - start - (out[axis] - 1) * stride - 1);
  }
  return PadOp::create(a.builder, y.getX().getType(), g, low, high, interior);
}

Value sliceBack(PadOp y, Value g, Adjoint &a) {
  SmallVector<int64_t> strides;
  for (int64_t interior : y.getInterior())
    strides.push_back(interior + 1);
  return SliceOp::create(a.builder, y.getX().getType(), g, y.getLow(), strides);
}

void addConcatRule(RuleTable &table) {
  table.rule<ConcatOp>([](ConcatOp y, Value g, Adjoint &a) {
    auto axis = static_cast<int64_t>(y.getAxis());
    SmallVector<int64_t> starts(y.getType().getRank(), 0), strides(y.getType().getRank(), 1);
    for (Value part : y.getParts()) {
      auto type = cast<RankedTensorType>(part.getType());
      a.flow(part, [&] { return SliceOp::create(a.builder, type, g, starts, strides); });
      starts[axis] += type.getDimSize(axis);
    }
  });
}

} // namespace

void addShapeRules(RuleTable &table) {
  table.rule<BroadcastOp>([](BroadcastOp y, Value g, Adjoint &a) {
    a.flow(y.getX(), [&] { return a.sum(g, otherAxes(y.getAxes(), y.getType().getRank())); });
  });
  table.rule<ReshapeOp>([](ReshapeOp y, Value g, Adjoint &a) {
    a.flow(y.getX(), [&] { return a.reshape(g, y.getX().getType().getShape()); });
  });
  table.rule<TransposeOp>([](TransposeOp y, Value g, Adjoint &a) {
    a.flow(y.getX(), [&] { return a.transpose(g, inversePermutation(y.getPermutation())); });
  });
  table.rule<SliceOp>(
      [](SliceOp y, Value g, Adjoint &a) { a.flow(y.getX(), [&] { return padBack(y, g, a); }); });
  table.rule<PadOp>(
      [](PadOp y, Value g, Adjoint &a) { a.flow(y.getX(), [&] { return sliceBack(y, g, a); }); });
  addConcatRule(table);
}

} // namespace nn
