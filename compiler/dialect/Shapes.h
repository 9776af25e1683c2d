// Arithmetic on the shapes of ops, shared by the verifiers and by all who build or interpret ops.
#ifndef NN_DIALECT_SHAPES_H
#define NN_DIALECT_SHAPES_H

#include "mlir/IR/BuiltinTypes.h"

namespace nn {

// Strictly increasing and each in [0, rank).
bool areAxes(llvm::ArrayRef<int64_t> axes, int64_t rank);

// `shape` without `axes`.
llvm::SmallVector<int64_t> dropAxes(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<int64_t> axes);

// [0, rank) without `axes`.
llvm::SmallVector<int64_t> otherAxes(llvm::ArrayRef<int64_t> axes, int64_t rank);

// permutation^-1.
llvm::SmallVector<int64_t> inversePermutation(llvm::ArrayRef<int64_t> permutation);

// The product of the static axes; nothing if it overflows.
std::optional<int64_t> staticElements(llvm::ArrayRef<int64_t> shape);

// How many windows fit: floor((in + low + high - dilation*(window-1) - 1)/stride) + 1, or 0 where none does.
int64_t windowCount(int64_t in, int64_t low, int64_t high, int64_t window, int64_t dilation, int64_t stride);

// Where the scanned axis stands in a stack of tensors of this shape: behind a batch axis, else first.
int64_t scannedAxis(llvm::ArrayRef<int64_t> element);

// The shape of a stack of `steps` tensors of this shape.
llvm::SmallVector<int64_t> stackShape(llvm::ArrayRef<int64_t> element, int64_t steps);

} // namespace nn
#endif
