// Pooling over the spatial axes of [n, spatial…, c].
#include "compiler/reference/Ops.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;

namespace nn {
namespace {

// The index of the input at position `tap` of the window of output `o`; false in the padding.
template <typename Op>
bool inputIndex(Op op, ArrayRef<int64_t> input, ArrayRef<int64_t> o, ArrayRef<int64_t> tap, Index &i) {
  i.assign(o.begin(), o.end());
  for (size_t axis = 0; axis < tap.size(); ++axis) {
    i[axis + 1] = o[axis + 1] * op.getStrides()[axis] + tap[axis] - op.getPadding()[2 * axis];
    if (i[axis + 1] < 0 || i[axis + 1] >= input[axis + 1])
      return false;
  }
  return true;
}

// The row-major position `place` of a window as an index.
Index tapAt(ArrayRef<int64_t> window, int64_t place) {
  Index tap(window.size());
  for (size_t axis = window.size(); axis-- > 0; place /= window[axis])
    tap[axis] = place % window[axis];
  return tap;
}

Results maxPool(MaxPoolOp op, const Tensor &x) {
  Shape shape = shapeWith(op.getResult().getType(), x.shape[0]);
  Tensor y = Tensor::real(shape), place = Tensor::integer(shape);
  Index i;
  int64_t next = 0;
  forEachIndex(shape, [&](ArrayRef<int64_t> o) {
    bool isFirst = true;
    int64_t position = 0;
    forEachIndex(op.getWindow(), [&](ArrayRef<int64_t> tap) {
      if (inputIndex(op, x.shape, o, tap, i) &&
          (isFirst || (!std::isnan(y.reals[next]) && !(x[i] <= y.reals[next])))) {
        y.reals[next] = x[i];
        place.integers[next] = position;
        isFirst = false;
      }
      ++position;
    });
    ++next;
  });
  return {std::move(y), std::move(place)};
}

Tensor maxPoolGrad(MaxPoolGradOp op, const Tensor &g, const Tensor &place) {
  Tensor x = Tensor::real(shapeWith(op.getType(), g.shape[0]));
  Index i;
  int64_t next = 0;
  forEachIndex(g.shape, [&](ArrayRef<int64_t> o) {
    if (inputIndex(op, x.shape, o, tapAt(op.getWindow(), place.integers[next]), i))
      x[i] += g.reals[next];
    ++next;
  });
  return x;
}

Tensor maxPoolPick(MaxPoolPickOp op, const Tensor &x, const Tensor &place) {
  Tensor y = Tensor::real(place.shape);
  Index i;
  int64_t next = 0;
  forEachIndex(place.shape, [&](ArrayRef<int64_t> o) {
    if (inputIndex(op, x.shape, o, tapAt(op.getWindow(), place.integers[next]), i))
      y.reals[next] = x[i];
    ++next;
  });
  return y;
}

Tensor sumPool(SumPoolOp op, const Tensor &x) {
  Tensor y = Tensor::real(shapeWith(op.getType(), x.shape[0]));
  Index i;
  int64_t next = 0;
  forEachIndex(y.shape, [&](ArrayRef<int64_t> o) {
    forEachIndex(op.getWindow(), [&](ArrayRef<int64_t> tap) {
      if (inputIndex(op, x.shape, o, tap, i))
        y.reals[next] += x[i];
    });
    ++next;
  });
  return y;
}

Tensor sumPoolGrad(SumPoolGradOp op, const Tensor &g) {
  Tensor x = Tensor::real(shapeWith(op.getType(), g.shape[0]));
  Index i;
  int64_t next = 0;
  forEachIndex(g.shape, [&](ArrayRef<int64_t> o) {
    forEachIndex(op.getWindow(), [&](ArrayRef<int64_t> tap) {
      if (inputIndex(op, x.shape, o, tap, i))
        x[i] += g.reals[next];
    });
    ++next;
  });
  return x;
}

} // namespace

std::optional<Results> evaluatePool(Operation *op, Operands x) {
  return TypeSwitch<Operation *, std::optional<Results>>(op)
      .Case<MaxPoolOp>([&](MaxPoolOp op) { return maxPool(op, *x[0]); })
      .Case<MaxPoolGradOp>([&](MaxPoolGradOp op) { return Results{maxPoolGrad(op, *x[0], *x[1])}; })
      .Case<MaxPoolPickOp>([&](MaxPoolPickOp op) { return Results{maxPoolPick(op, *x[0], *x[1])}; })
      .Case<SumPoolOp>([&](SumPoolOp op) { return Results{sumPool(op, *x[0])}; })
      .Case<SumPoolGradOp>([&](SumPoolGradOp op) { return Results{sumPoolGrad(op, *x[0])}; })
      .Default(std::nullopt);
}

} // namespace nn
