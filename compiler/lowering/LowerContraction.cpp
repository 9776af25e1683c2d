// Matrix products, convolutions and the gradients of filters: one multiply-add generic each, whose last
// parallel dimension is contiguous in the result and in one operand. What is not so by nature is transposed
// into scratch before.
#include "compiler/lowering/ConvWindows.h"

using namespace mlir;
using namespace nn;

namespace {

SmallVector<Value> same(ImplicitLocOpBuilder &, ValueRange x) { return {x[0]}; }

// The last two axes swapped.
Value swapped(LinalgBuilder &builder, Value x) {
  auto type = typeOf(x);
  int64_t rank = type.getRank();
  SmallVector<int64_t> shape(type.getShape());
  std::swap(shape[rank - 1], shape[rank - 2]);
  SmallVector<AffineExpr> source;
  for (int64_t axis = 0; axis < rank; ++axis)
    source.push_back(builder.dim(axis));
  std::swap(source[rank - 1], source[rank - 2]);
  return builder.pointwise(RankedTensorType::get(shape, type.getElementType()), builder.dynamicSize(x), x,
                           builder.map(rank, source), same);
}

Value lowerMatMul(LinalgBuilder &builder, MatMulOp op) {
  Value lhs = op.getLhs(), rhs = op.getRhs();
  if (op.getTransposeRhs())
    rhs = swapped(builder, rhs);
  int64_t batch = typeOf(op).getRank() - 2;
  SmallVector<AffineExpr> left, right, out;
  for (int64_t axis = 0; axis < batch; ++axis)
    for (auto *map : {&left, &right, &out})
      map->push_back(builder.dim(axis));
  AffineExpr m = builder.dim(batch), n = builder.dim(batch + 1), k = builder.dim(batch + 2);
  left.append({op.getTransposeLhs() ? k : m, op.getTransposeLhs() ? m : k});
  right.append({k, n});
  out.append({m, n});
  // Of several dynamic operands the one with the result's dynamic axis has its length.
  Value rows = builder.dynamicSizeOf(op);
  unsigned dims = batch + 3;
  return builder.reduce(typeOf(op), rows, Combine::Sum, {lhs, rhs},
                        {builder.map(dims, left), builder.map(dims, right)}, builder.map(dims, out), product);
}

Value paddedInput(LinalgBuilder &builder, const Windows &w, Value input) {
  SmallVector<int64_t> low, length, interior(w.spatial(), 0);
  for (int64_t axis = 0; axis < w.spatial(); ++axis) {
    low.push_back(w.padding[2 * axis]);
    int64_t reached =
        (w.output.getDimSize(axis + 1) - 1) * w.strides[axis] + w.dilations[axis] * (w.kernel(axis) - 1) + 1;
    length.push_back(std::max(reached, w.input.getDimSize(axis + 1) + low.back()));
  }
  Value x = padded(builder, input, low, length, interior);
  return w.isSpread() ? spread(builder, x, w.groups, w.outputsOfGroup()) : grouped(builder, x, w.groups);
}

Value lowerConv(LinalgBuilder &builder, const Windows &w, Value input, Value filter) {
  SmallVector<Reach> reaches;
  for (auto [stride, dilation] : llvm::zip(w.strides, w.dilations))
    reaches.push_back({stride, dilation, 0});
  int64_t groups = w.isSpread() ? 1 : w.groups;
  Value result = convolve(builder, groupedType(w.output, groups), paddedInput(builder, w, input),
                          grouped(builder, filter, groups), reaches);
  return builder.reshape(result, w.output);
}

// dims: k…, c, [g], f | n, o…
Value lowerFilterGrad(LinalgBuilder &builder, const Windows &w, Value input, Value gradient) {
  int64_t axes = w.isSpread() ? 1 : w.groups;
  bool groups = axes > 1;
  int64_t s = w.spatial(), f = s + 1 + groups, n = f + 1, dims = 2 * s + 3 + groups;
  Value x = paddedInput(builder, w, input), dy = grouped(builder, gradient, axes);
  SmallVector<AffineExpr> in = {builder.dim(n)}, back = {builder.dim(n)}, out;
  for (int64_t axis = 0; axis < s; ++axis) {
    AffineExpr place = builder.dim(n + 1 + axis);
    in.push_back(place * w.strides[axis] + builder.dim(axis) * w.dilations[axis]);
    back.push_back(place);
  }
  if (groups) {
    in.push_back(builder.dim(s + 1));
    back.push_back(builder.dim(s + 1));
  }
  in.push_back(builder.dim(s));
  if (w.isSpread())
    in.push_back(builder.dim(f));
  back.push_back(builder.dim(f));
  for (int64_t d = 0; d <= f; ++d)
    out.push_back(builder.dim(d));
  Value result =
      builder.reduce(groupedType(w.filter, axes), {}, Combine::Sum, {x, dy},
                     {builder.map(dims, in), builder.map(dims, back)}, builder.map(dims, out), product);
  return builder.reshape(result, w.filter);
}

template <typename ConvLike> Windows windowsOf(ConvLike op, Value input, Value filter, Value output) {
  return {op.getStrides(), op.getPadding(), op.getDilations(), static_cast<int64_t>(op.getGroups()),
          typeOf(input),   typeOf(filter),  typeOf(output)};
}

} // namespace

SmallVector<Value> nn::lowerContraction(LinalgBuilder &builder, Operation *op) {
  if (auto matmul = dyn_cast<MatMulOp>(op))
    return {lowerMatMul(builder, matmul)};
  if (auto conv = dyn_cast<ConvOp>(op))
    return {lowerConv(builder, windowsOf(conv, conv.getInput(), conv.getFilter(), conv), conv.getInput(),
                      conv.getFilter())};
  if (auto grad = dyn_cast<ConvInputGradOp>(op))
    return {lowerInputGrad(builder, windowsOf(grad, grad, grad.getFilter(), grad.getGradient()),
                           grad.getGradient(), grad.getFilter())};
  if (auto grad = dyn_cast<ConvFilterGradOp>(op))
    return {lowerFilterGrad(builder, windowsOf(grad, grad.getInput(), grad, grad.getGradient()),
                            grad.getInput(), grad.getGradient())};
  return {};
}
