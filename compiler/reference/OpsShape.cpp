// The ops that move elements. Each is a map of indices.
#include "compiler/reference/Ops.h"
#include "compiler/dialect/Shapes.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace nn {
namespace {

// result[i] = x[source(i)]
template <typename Source> Tensor gather(const Tensor &x, ArrayRef<int64_t> shape, Source source) {
  Tensor y = Tensor::zeros(shape, x);
  Index j(x.shape.size());
  int64_t next = 0;
  forEachIndex(shape, [&](ArrayRef<int64_t> i) {
    source(i, j);
    y.take(next++, x, x.offset(j));
  });
  return y;
}

// `y`[target(i)] = x[i]
template <typename Target> void scatter(const Tensor &x, Tensor &y, Target target) {
  Index j(y.shape.size());
  int64_t next = 0;
  forEachIndex(x.shape, [&](ArrayRef<int64_t> i) {
    target(i, j);
    y.take(y.offset(j), x, next++);
  });
}

Tensor broadcast(BroadcastOp op, const Tensor &x, const Tensor *rows) {
  ArrayRef<int64_t> axes = op.getAxes();
  Shape shape = shapeWith(op.getType(), rows ? rows->integers[0] : 0);
  for (auto [k, axis] : llvm::enumerate(axes))
    shape[axis] = x.shape[k];
  return gather(x, shape, [&](ArrayRef<int64_t> i, Index &j) {
    for (auto [k, axis] : llvm::enumerate(axes))
      j[k] = i[axis];
  });
}

Tensor reshape(ReshapeOp op, const Tensor &x) {
  Tensor y = x;
  y.shape = shapeWith(op.getType(), 1);
  for (auto [axis, length] : llvm::enumerate(op.getType().getShape()))
    if (ShapedType::isDynamic(length))
      y.shape[axis] = x.size() / elements(y.shape);
  return y;
}

Tensor transpose(TransposeOp op, const Tensor &x) {
  ArrayRef<int64_t> permutation = op.getPermutation();
  Shape shape;
  for (int64_t axis : permutation)
    shape.push_back(x.shape[axis]);
  return gather(x, shape, [&](ArrayRef<int64_t> i, Index &j) {
    for (auto [k, axis] : llvm::enumerate(permutation))
      j[axis] = i[k];
  });
}

Tensor slice(SliceOp op, const Tensor &x) {
  Shape shape(op.getType().getShape());
  for (size_t axis = 0; axis < shape.size(); ++axis)
    if (ShapedType::isDynamic(shape[axis]))
      shape[axis] = x.shape[axis];
  return gather(x, shape, [&](ArrayRef<int64_t> i, Index &j) {
    for (size_t axis = 0; axis < i.size(); ++axis)
      j[axis] = op.getStarts()[axis] + i[axis] * op.getStrides()[axis];
  });
}

Tensor pad(PadOp op, const Tensor &x) {
  Shape shape(op.getType().getShape());
  for (size_t axis = 0; axis < shape.size(); ++axis)
    if (ShapedType::isDynamic(shape[axis]))
      shape[axis] = x.shape[axis];
  Tensor y = Tensor::zeros(shape, x);
  scatter(x, y, [&](ArrayRef<int64_t> i, Index &j) {
    for (size_t axis = 0; axis < i.size(); ++axis)
      j[axis] = op.getLow()[axis] + i[axis] * (op.getInterior()[axis] + 1);
  });
  return y;
}

Tensor concat(ConcatOp op, Operands parts) {
  auto axis = static_cast<size_t>(op.getAxis());
  Shape shape = parts[0]->shape;
  shape[axis] = op.getType().getDimSize(axis);
  Tensor y = Tensor::zeros(shape, *parts[0]);
  int64_t start = 0;
  for (const Tensor *part : parts) {
    scatter(*part, y, [&](ArrayRef<int64_t> i, Index &j) {
      j.assign(i.begin(), i.end());
      j[axis] += start;
    });
    start += part->shape[axis];
  }
  return y;
}

Tensor oneHot(OneHotOp op, const Tensor &label) {
  int64_t classes = op.getType().getShape().back();
  Shape shape = label.shape;
  shape.push_back(classes);
  Tensor y = Tensor::integer(shape);
  for (int64_t i = 0; i < label.size(); ++i)
    for (int64_t k = 0; k < classes; ++k)
      y.integers[i * classes + k] = label.integers[i] == k;
  return y;
}

Tensor take(TakeOp op, const Tensor &x, int64_t at) {
  int64_t axis = scannedAxis(op.getType().getShape());
  Shape shape(x.shape);
  shape.erase(shape.begin() + axis);
  return gather(x, shape, [&](ArrayRef<int64_t> i, Index &j) {
    j.assign(i.begin(), i.end());
    j.insert(j.begin() + axis, at);
  });
}

} // namespace

Shape shapeWith(RankedTensorType type, int64_t rows) {
  Shape shape(type.getShape());
  llvm::replace(shape, ShapedType::kDynamic, rows);
  return shape;
}

std::optional<Results> evaluateShape(Operation *op, Operands x) {
  return TypeSwitch<Operation *, std::optional<Results>>(op)
      .Case<BroadcastOp>(
          [&](BroadcastOp op) { return Results{broadcast(op, *x[0], op.getRows() ? x[1] : nullptr)}; })
      .Case<ReshapeOp>([&](ReshapeOp op) { return Results{reshape(op, *x[0])}; })
      .Case<TransposeOp>([&](TransposeOp op) { return Results{transpose(op, *x[0])}; })
      .Case<SliceOp>([&](SliceOp op) { return Results{slice(op, *x[0])}; })
      .Case<PadOp>([&](PadOp op) { return Results{pad(op, *x[0])}; })
      .Case<ConcatOp>([&](ConcatOp op) { return Results{concat(op, x)}; })
      .Case<TakeOp>([&](TakeOp op) { return Results{take(op, *x[0], x[1]->integers[0])}; })
      .Case<OneHotOp>([&](OneHotOp op) { return Results{oneHot(op, *x[0])}; })
      .Default(std::nullopt);
}

} // namespace nn
