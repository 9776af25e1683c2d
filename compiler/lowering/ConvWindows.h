// What a convolution and its two gradients share: the windows, groups of channels as an axis, padding.
#ifndef NN_LOWERING_CONVWINDOWS_H
#define NN_LOWERING_CONVWINDOWS_H

#include "compiler/lowering/LinalgBuilder.h"

namespace nn {

// The windows of a convolution, whichever of the three ops it is.
struct Windows {
  llvm::ArrayRef<int64_t> strides, padding, dilations;
  int64_t groups;
  mlir::RankedTensorType input, filter, output;

  int64_t spatial() const { return strides.size(); }
  int64_t kernel(int64_t axis) const { return filter.getDimSize(axis); }
};

// [..., g * c] as [..., g, c] where there are groups.
mlir::Value grouped(LinalgBuilder &builder, mlir::Value x, int64_t groups);
mlir::RankedTensorType groupedType(mlir::RankedTensorType type, int64_t groups);

// x with `low` zeros before each spatial axis, `interior` between its places, and as many behind as make its
// length `length`.
mlir::Value padded(LinalgBuilder &builder, mlir::Value x, llvm::ArrayRef<int64_t> low,
                   llvm::ArrayRef<int64_t> length, llvm::ArrayRef<int64_t> interior);

// The body of a sum of products.
llvm::SmallVector<mlir::Value> product(mlir::ImplicitLocOpBuilder &b, mlir::ValueRange x);

// Along one axis, place o meets tap k at o * place + k * tap + start of the input.
struct Reach {
  int64_t place, tap, start;
};

// x [n, i…, (g), c] with taps [k…, c, (g), f], summed over k and c: `type` is [n, o…, (g), f].
mlir::Value convolve(LinalgBuilder &builder, mlir::RankedTensorType type, mlir::Value x, mlir::Value taps,
                     llvm::ArrayRef<Reach> reaches);

mlir::Value lowerInputGrad(LinalgBuilder &builder, const Windows &w, mlir::Value gradient,
                           mlir::Value filter);

} // namespace nn
#endif
