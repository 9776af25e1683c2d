// Reductions: sums, products, extrema, moments, the place of a maximum.
#include "compiler/dialect/Shapes.h"
#include "compiler/reference/Ops.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>
#include <limits>

using namespace mlir;

namespace nn {
namespace {

// y[j] = combine(y[j], x[i], place of j), j being i without `axes`, for every i in row-major order.
template <typename Combine>
Tensor fold(const Tensor &x, ArrayRef<int64_t> axes, double initial, Combine combine) {
  SmallVector<int64_t> kept = otherAxes(axes, x.shape.size());
  Tensor y = Tensor::real(dropAxes(x.shape, axes), initial);
  Index j(kept.size());
  int64_t next = 0;
  forEachIndex(x.shape, [&](ArrayRef<int64_t> i) {
    for (auto [k, axis] : llvm::enumerate(kept))
      j[k] = i[axis];
    int64_t place = y.offset(j);
    y.reals[place] = combine(y.reals[place], x.reals[next++], place);
  });
  return y;
}

Tensor reduce(ReduceOp op, const Tensor &x) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  ArrayRef<int64_t> axes = op.getAxes();
  if (op.getKind() == "sum")
    return fold(x, axes, 0, [](double a, double b, int64_t) { return a + b; });
  if (op.getKind() == "prod")
    return fold(x, axes, 1, [](double a, double b, int64_t) { return a * b; });
  if (op.getKind() == "max")
    return fold(x, axes, -infinity,
                [](double a, double b, int64_t) { return std::isnan(a) || a > b ? a : b; });
  return fold(x, axes, infinity, [](double a, double b, int64_t) { return std::isnan(a) || a < b ? a : b; });
}

// mean = sum x / k, variance = sum (x - mean)^2 / k
Results moments(MomentsOp op, const Tensor &x) {
  ArrayRef<int64_t> axes = op.getAxes();
  Tensor mean = fold(x, axes, 0, [](double a, double b, int64_t) { return a + b; });
  double k = static_cast<double>(x.size()) / static_cast<double>(mean.size());
  for (double &value : mean.reals)
    value /= k;
  Tensor variance = fold(x, axes, 0, [&](double a, double b, int64_t place) {
    return a + (b - mean.reals[place]) * (b - mean.reals[place]);
  });
  for (double &value : variance.reals)
    value /= k;
  return {std::move(mean), std::move(variance)};
}

// The first maximum; a NaN counts as one, as it does in `reduce`.
Tensor argMax(ArgMaxOp op, const Tensor &x) {
  int64_t axis = op.getAxis();
  Tensor y = Tensor::integer(dropAxes(x.shape, axis));
  int64_t next = 0;
  forEachIndex(y.shape, [&](ArrayRef<int64_t> i) {
    Index j(i);
    j.insert(j.begin() + axis, 0);
    double best = x[j];
    int64_t place = 0;
    for (j[axis] = 1; j[axis] < x.shape[axis]; ++j[axis])
      if (!std::isnan(best) && !(x[j] <= best)) {
        best = x[j];
        place = j[axis];
      }
    y.integers[next++] = place;
  });
  return y;
}

} // namespace

std::optional<Results> evaluateReduction(Operation *op, Operands x) {
  return TypeSwitch<Operation *, std::optional<Results>>(op)
      .Case<ReduceOp>([&](ReduceOp op) { return Results{reduce(op, *x[0])}; })
      .Case<MomentsOp>([&](MomentsOp op) { return moments(op, *x[0]); })
      .Case<ArgMaxOp>([&](ArgMaxOp op) { return Results{argMax(op, *x[0])}; })
      .Default(std::nullopt);
}

} // namespace nn
