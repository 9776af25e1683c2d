// Sizes and shapes: arithmetic with checks, limits, and how types are written in messages.
#ifndef NN_SEMA_SHAPES_H
#define NN_SEMA_SHAPES_H

#include "compiler/sema/TypedAst.h"
#include <optional>
#include <string>
#include <vector>

namespace nn::sema {

using Shape = std::vector<typed::Dim>;

// One tensor holds at most 2^32 elements a row: 16 GiB of f32, beyond which offsets of kernels would not fit.
constexpr int64_t maxElements = int64_t(1) << 32;

// Nothing when a size is not positive, two axes have the batch, or there are more than maxElements.
std::optional<typed::Dim> product(const Shape &shape);
// Of a shape that `product` accepts: elements of one row.
int64_t rowElements(const Shape &shape);

// The shape without `axes`, which are sorted.
Shape without(const Shape &shape, const std::vector<int64_t> &axes);
// 0, 1, … rank-1.
std::vector<int64_t> allAxes(size_t rank);

std::string toString(const typed::Dim &dim);
std::string toString(const Shape &shape);            // `[b, 28, 28, 1]`
std::string toString(const typed::TensorType &type); // `f32[b, 10]`, `class(10)[b]`

} // namespace nn::sema
#endif
