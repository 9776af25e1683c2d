#include "compiler/dialect/Shapes.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace nn {

bool areAxes(ArrayRef<int64_t> axes, int64_t rank) {
  int64_t previous = -1;
  for (int64_t axis : axes) {
    if (axis <= previous || axis >= rank)
      return false;
    previous = axis;
  }
  return true;
}

SmallVector<int64_t> dropAxes(ArrayRef<int64_t> shape, ArrayRef<int64_t> axes) {
  SmallVector<int64_t> kept;
  for (int64_t axis : otherAxes(axes, shape.size()))
    kept.push_back(shape[axis]);
  return kept;
}

SmallVector<int64_t> otherAxes(ArrayRef<int64_t> axes, int64_t rank) {
  SmallVector<int64_t> others;
  for (int64_t axis = 0; axis < rank; ++axis)
    if (!llvm::is_contained(axes, axis))
      others.push_back(axis);
  return others;
}

SmallVector<int64_t> inversePermutation(ArrayRef<int64_t> permutation) {
  SmallVector<int64_t> inverse(permutation.size());
  for (auto [k, axis] : llvm::enumerate(permutation))
    inverse[axis] = k;
  return inverse;
}

std::optional<int64_t> staticElements(ArrayRef<int64_t> shape) {
  int64_t product = 1;
  for (int64_t length : shape)
    if (!ShapedType::isDynamic(length) && llvm::MulOverflow(product, length, product))
      return std::nullopt;
  return product;
}

int64_t windowCount(int64_t in, int64_t low, int64_t high, int64_t window, int64_t dilation, int64_t stride) {
  int64_t room = in + low + high - dilation * (window - 1) - 1;
  return room < 0 ? 0 : room / stride + 1;
}

int64_t scannedAxis(ArrayRef<int64_t> element) {
  return !element.empty() && ShapedType::isDynamic(element.front()) ? 1 : 0;
}

SmallVector<int64_t> stackShape(ArrayRef<int64_t> element, int64_t steps) {
  SmallVector<int64_t> shape(element);
  shape.insert(shape.begin() + scannedAxis(element), steps);
  return shape;
}

} // namespace nn
