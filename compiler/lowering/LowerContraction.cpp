// Matrix products, convolutions and their gradients: one multiply-add generic each, whose last parallel
// dimension is contiguous in the result and in one operand. What is not so by nature is transposed into
// scratch before.
#include "compiler/lowering/LinalgBuilder.h"

using namespace mlir;
using namespace nn;

namespace {

SmallVector<Value> product(ImplicitLocOpBuilder &s, ValueRange x) {
  return {arith::MulFOp::create(s, x[0], x[1], arith::FastMathFlags::contract)};
}
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

// The windows of a convolution, whichever of the three ops it is.
struct Windows {
  ArrayRef<int64_t> strides, padding, dilations;
  int64_t groups;
  RankedTensorType input, filter, output;

  int64_t spatial() const { return strides.size(); }
  int64_t kernel(int64_t axis) const { return filter.getDimSize(axis); }
  int64_t inputChannels() const { return filter.getDimSize(spatial()); } // of a group
  int64_t outputChannels() const { return filter.getDimSize(spatial() + 1) / groups; }
};

// [..., g * c] as [..., g, c] where there are groups.
Value grouped(LinalgBuilder &builder, Value x, int64_t groups) {
  auto type = typeOf(x);
  if (groups == 1)
    return x;
  SmallVector<int64_t> shape(type.getShape());
  shape.back() /= groups;
  shape.insert(shape.end() - 1, groups);
  return builder.reshape(x, RankedTensorType::get(shape, type.getElementType()));
}

RankedTensorType groupedType(RankedTensorType type, int64_t groups) {
  SmallVector<int64_t> shape(type.getShape());
  if (groups > 1) {
    shape.back() /= groups;
    shape.insert(shape.end() - 1, groups);
  }
  return RankedTensorType::get(shape, type.getElementType());
}

// x with `low` zeros before each spatial axis and as many behind as make its length `length`.
Value padded(LinalgBuilder &builder, Value x, ArrayRef<int64_t> low, ArrayRef<int64_t> length,
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

Value paddedInput(LinalgBuilder &builder, const Windows &w, Value input) {
  SmallVector<int64_t> low, length, interior(w.spatial(), 0);
  for (int64_t axis = 0; axis < w.spatial(); ++axis) {
    low.push_back(w.padding[2 * axis]);
    int64_t reached =
        (w.output.getDimSize(axis + 1) - 1) * w.strides[axis] + w.dilations[axis] * (w.kernel(axis) - 1) + 1;
    length.push_back(std::max(reached, w.input.getDimSize(axis + 1) + low.back()));
  }
  return grouped(builder, padded(builder, input, low, length, interior), w.groups);
}

// dims: n, o…, [g], f | k…, c
Value lowerConv(LinalgBuilder &builder, const Windows &w, Value input, Value filter) {
  bool groups = w.groups > 1;
  int64_t s = w.spatial(), f = s + 1 + groups, dims = 2 * s + 3 + groups;
  Value x = paddedInput(builder, w, input), kernel = grouped(builder, filter, w.groups);
  SmallVector<AffineExpr> in = {builder.dim(0)}, weights, out;
  for (int64_t axis = 0; axis < s; ++axis) {
    AffineExpr tap = builder.dim(f + 1 + axis);
    in.push_back(builder.dim(1 + axis) * w.strides[axis] + tap * w.dilations[axis]);
    weights.push_back(tap);
  }
  AffineExpr c = builder.dim(dims - 1);
  weights.push_back(c);
  if (groups) {
    in.push_back(builder.dim(s + 1));
    weights.push_back(builder.dim(s + 1));
  }
  in.push_back(c);
  weights.push_back(builder.dim(f));
  for (int64_t d = 0; d <= f; ++d)
    out.push_back(builder.dim(d));
  Value result =
      builder.reduce(groupedType(w.output, w.groups), builder.dynamicSize(input), Combine::Sum, {x, kernel},
                     {builder.map(dims, in), builder.map(dims, weights)}, builder.map(dims, out), product);
  return builder.reshape(result, w.output);
}

// filter [k…, c, g, f] as [k…, f, g, c], its taps in reverse: what the gradient is convolved with.
Value flipped(LinalgBuilder &builder, const Windows &w, Value filter) {
  Value kernel = grouped(builder, filter, w.groups);
  auto type = typeOf(kernel);
  int64_t s = w.spatial(), rank = type.getRank();
  SmallVector<int64_t> shape(type.getShape());
  std::swap(shape[s], shape[rank - 1]);
  SmallVector<AffineExpr> source;
  for (int64_t axis = 0; axis < s; ++axis)
    source.push_back(builder.dim(axis) * -1 + (w.kernel(axis) - 1));
  for (int64_t axis = s; axis < rank; ++axis)
    source.push_back(builder.dim(axis));
  std::swap(source[s], source[rank - 1]);
  return builder.pointwise(RankedTensorType::get(shape, type.getElementType()), {}, kernel,
                           builder.map(rank, source), same);
}

// The gradient, with strides - 1 zeros between, convolved with the flipped filter: dims n, i…, [g], c | k…, f
Value lowerInputGrad(LinalgBuilder &builder, const Windows &w, Value gradient, Value filter) {
  bool groups = w.groups > 1;
  int64_t s = w.spatial(), c = s + 1 + groups, dims = 2 * s + 3 + groups;
  SmallVector<int64_t> low, length, interior, start;
  for (int64_t axis = 0; axis < s; ++axis) {
    int64_t before = w.dilations[axis] * (w.kernel(axis) - 1) - w.padding[2 * axis];
    low.push_back(std::max<int64_t>(before, 0));
    start.push_back(std::max<int64_t>(-before, 0));
    interior.push_back(w.strides[axis] - 1);
    int64_t spread = low.back() + (w.output.getDimSize(axis + 1) - 1) * w.strides[axis] + 1;
    int64_t reached = start.back() + w.input.getDimSize(axis + 1) + w.dilations[axis] * (w.kernel(axis) - 1);
    length.push_back(std::max(spread, reached));
  }
  Value dy = grouped(builder, padded(builder, gradient, low, length, interior), w.groups);
  Value kernel = flipped(builder, w, filter);
  SmallVector<AffineExpr> in = {builder.dim(0)}, weights, out;
  for (int64_t axis = 0; axis < s; ++axis) {
    AffineExpr tap = builder.dim(c + 1 + axis);
    in.push_back(builder.dim(1 + axis) + tap * w.dilations[axis] + start[axis]);
    weights.push_back(tap);
  }
  AffineExpr f = builder.dim(dims - 1);
  weights.push_back(f);
  if (groups) {
    in.push_back(builder.dim(s + 1));
    weights.push_back(builder.dim(s + 1));
  }
  in.push_back(f);
  weights.push_back(builder.dim(c));
  for (int64_t d = 0; d <= c; ++d)
    out.push_back(builder.dim(d));
  Value result = builder.reduce(groupedType(w.input, w.groups), builder.dynamicSize(gradient), Combine::Sum,
                                {dy, kernel}, {builder.map(dims, in), builder.map(dims, weights)},
                                builder.map(dims, out), product);
  return builder.reshape(result, w.input);
}

// dims: k…, c, [g], f | n, o…
Value lowerFilterGrad(LinalgBuilder &builder, const Windows &w, Value input, Value gradient) {
  bool groups = w.groups > 1;
  int64_t s = w.spatial(), f = s + 1 + groups, n = f + 1, dims = 2 * s + 3 + groups;
  Value x = paddedInput(builder, w, input), dy = grouped(builder, gradient, w.groups);
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
  back.push_back(builder.dim(f));
  for (int64_t d = 0; d <= f; ++d)
    out.push_back(builder.dim(d));
  Value result =
      builder.reduce(groupedType(w.filter, w.groups), {}, Combine::Sum, {x, dy},
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
