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
