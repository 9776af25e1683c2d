#include "compiler/lowering/ConvWindows.h"

using namespace mlir;
using namespace nn;

Value nn::grouped(LinalgBuilder &builder, Value x, int64_t groups) {
  auto type = typeOf(x);
  if (groups == 1)
    return x;
  SmallVector<int64_t> shape(type.getShape());
  shape.back() /= groups;
  shape.insert(shape.end() - 1, groups);
  return builder.reshape(x, RankedTensorType::get(shape, type.getElementType()));
}

RankedTensorType nn::groupedType(RankedTensorType type, int64_t groups) {
  SmallVector<int64_t> shape(type.getShape());
  if (groups > 1) {
    shape.back() /= groups;
    shape.insert(shape.end() - 1, groups);
  }
  return RankedTensorType::get(shape, type.getElementType());
}

Value nn::padded(LinalgBuilder &builder, Value x, ArrayRef<int64_t> low, ArrayRef<int64_t> length,
                 ArrayRef<int64_t> interior) {
  auto type = typeOf(x);
  SmallVector<int64_t> shape(type.getShape()), lows(type.getRank(), 0), interiors(type.getRank(), 0);
  for (auto [axis, l] : llvm::enumerate(low)) {
    shape[axis + 1] = length[axis];
    lows[axis + 1] = l;
    interiors[axis + 1] = interior[axis];
  }
  auto padType = RankedTensorType::get(shape, type.getElementType());
  return padType == type ? x : builder.pad(x, padType, lows, interiors);
}

SmallVector<Value> nn::product(ImplicitLocOpBuilder &b, ValueRange x) {
  return {arith::MulFOp::create(b, x[0], x[1], arith::FastMathFlags::contract)};
}

// A vector of the few results of one group would be mostly empty. One for one, the groups are the last axis
// as they lie.
static bool isWorthSpreading(int64_t groups, int64_t inputs, int64_t outputs) {
  return groups > 1 && outputs < 8 && inputs * outputs > 1;
}

bool Windows::isSpread() const { return isWorthSpreading(groups, inputsOfGroup(), outputsOfGroup()); }

bool Windows::isGradientSpread() const { return isWorthSpreading(groups, outputsOfGroup(), inputsOfGroup()); }

Value nn::spread(LinalgBuilder &builder, Value x, int64_t groups, int64_t outputs) {
  auto type = typeOf(x);
  int64_t rank = type.getRank(), inputs = type.getShape().back() / groups;
  SmallVector<int64_t> shape(type.getShape());
  shape.back() = inputs;
  shape.push_back(groups * outputs);
  auto body = [&](ImplicitLocOpBuilder &s, ValueRange) -> SmallVector<Value> {
    auto number = [&](int64_t value) { return arith::ConstantIndexOp::create(s, value).getResult(); };
    SmallVector<Value> place;
    for (int64_t axis = 0; axis + 1 < rank; ++axis)
      place.push_back(linalg::IndexOp::create(s, axis));
    Value group = linalg::IndexOp::create(s, rank), within = linalg::IndexOp::create(s, rank - 1);
    if (outputs > 1)
      group = arith::DivUIOp::create(s, group, number(outputs));
    Value start = arith::MulIOp::create(s, group, number(inputs));
    place.push_back(arith::AddIOp::create(s, start, within));
    return {tensor::ExtractOp::create(s, x, place)};
  };
  return builder.pointwise(RankedTensorType::get(shape, type.getElementType()), builder.dynamicSize(x), {},
                           {}, body);
}

// dims: n, o…, [g], f | k…, c
Value nn::convolve(LinalgBuilder &builder, RankedTensorType type, Value x, Value taps,
                   ArrayRef<Reach> reaches) {
  int64_t spatial = reaches.size(), f = type.getRank() - 1, c = f + 1 + spatial;
  SmallVector<AffineExpr> in = {builder.dim(0)}, weights, out;
  for (auto [axis, reach] : llvm::enumerate(reaches)) {
    AffineExpr tap = builder.dim(f + 1 + axis);
    in.push_back(builder.dim(1 + axis) * reach.place + tap * reach.tap + reach.start);
    weights.push_back(tap);
  }
  weights.push_back(builder.dim(c));
  if (f > spatial + 1)
    for (auto *map : {&in, &weights})
      map->push_back(builder.dim(spatial + 1));
  in.push_back(builder.dim(c));
  if (typeOf(x).getRank() > type.getRank())
    in.push_back(builder.dim(f));
  weights.push_back(builder.dim(f));
  for (int64_t d = 0; d <= f; ++d)
    out.push_back(builder.dim(d));
  return builder.reduce(type, builder.dynamicSize(x), Combine::Sum, {x, taps},
                        {builder.map(c + 1, in), builder.map(c + 1, weights)}, builder.map(c + 1, out),
                        product);
}
