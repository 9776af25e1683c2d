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
  int64_t inputsOfGroup() const { return input.getShape().back() / groups; }
  int64_t outputsOfGroup() const { return output.getShape().back() / groups; }
  bool isSpread() const;         // the input, for the output and the gradient of the filter
  bool isGradientSpread() const; // the gradient of the output, for that of the input
};

// [..., g * c] as [..., g, c] where there are groups.
mlir::Value grouped(LinalgBuilder &builder, mlir::Value x, int64_t groups);
mlir::RankedTensorType groupedType(mlir::RankedTensorType type, int64_t groups);

// x with `low` zeros before each spatial axis, `interior` between its places, and as many behind as make its
// length `length`.
mlir::Value padded(LinalgBuilder &builder, mlir::Value x, llvm::ArrayRef<int64_t> low,
                   llvm::ArrayRef<int64_t> length, llvm::ArrayRef<int64_t> interior);

// x [n, i…, g * c] as each of the g * `outputs` channels meets it: [n, i…, c, g * outputs].
mlir::Value spread(LinalgBuilder &builder, mlir::Value x, int64_t groups, int64_t outputs);

// The body of a sum of products.
llvm::SmallVector<mlir::Value> product(mlir::ImplicitLocOpBuilder &b, mlir::ValueRange x);

// Along one axis, place o meets tap k at o * place + k * tap + start of the input.
struct Reach {
  int64_t place, tap, start;
};

// x [n, i…, (g), c] with taps [k…, c, (g), f], summed over k and c: `type` is [n, o…, (g), f]. Where x is
// spread, it is [n, i…, c, f].
mlir::Value convolve(LinalgBuilder &builder, mlir::RankedTensorType type, mlir::Value x, mlir::Value taps,
                     llvm::ArrayRef<Reach> reaches);

mlir::Value lowerInputGrad(LinalgBuilder &builder, const Windows &w, mlir::Value gradient,
                           mlir::Value filter);

} // namespace nn
#endif
