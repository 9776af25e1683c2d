// Maximum and sum pooling, their gradients and the adjoint of the maximum's: elementwise over the result, the
// window unrolled.
#include "compiler/lowering/LinalgBuilder.h"

using namespace mlir;
using namespace nn;

namespace {

struct Pool {
  ArrayRef<int64_t> window, strides, padding;
  RankedTensorType input, output;

  int64_t spatial() const { return window.size(); }
  int64_t positions() const {
    int64_t count = 1;
    for (int64_t size : window)
      count *= size;
    return count;
  }
  // The place within the window that a row-major position is.
  SmallVector<int64_t> offsets(int64_t position) const {
    SmallVector<int64_t> result(spatial());
    for (int64_t axis = spatial() - 1; axis >= 0; --axis) {
      result[axis] = position % window[axis];
      position /= window[axis];
    }
    return result;
  }
};

Value number(ImplicitLocOpBuilder &s, int64_t value) { return arith::ConstantIndexOp::create(s, value); }

Value both(ImplicitLocOpBuilder &s, Value a, Value b) {
  return a ? arith::AndIOp::create(s, a, b).getResult() : b;
}

// Where in the input a position of the current window lies; `inside` is set where that can be in the padding.
SmallVector<Value> inputPlace(ImplicitLocOpBuilder &s, const Pool &pool, int64_t position, Value &inside) {
  SmallVector<Value> place = {linalg::IndexOp::create(s, 0)};
  SmallVector<int64_t> offset = pool.offsets(position);
  for (int64_t axis = 0; axis < pool.spatial(); ++axis) {
    Value i = arith::MulIOp::create(s, linalg::IndexOp::create(s, axis + 1).getResult(),
                                    number(s, pool.strides[axis]));
    i = arith::AddIOp::create(s, i, number(s, offset[axis] - pool.padding[2 * axis]));
    if (offset[axis] < pool.padding[2 * axis]) {
      inside = both(s, inside, arith::CmpIOp::create(s, arith::CmpIPredicate::sge, i, number(s, 0)));
      i = arith::MaxSIOp::create(s, i, number(s, 0));
    }
    int64_t length = pool.input.getDimSize(axis + 1);
    if ((pool.output.getDimSize(axis + 1) - 1) * pool.strides[axis] + offset[axis] - pool.padding[2 * axis] >=
        length) {
      inside = both(s, inside, arith::CmpIOp::create(s, arith::CmpIPredicate::slt, i, number(s, length)));
      i = arith::MinSIOp::create(s, i, number(s, length - 1));
    }
    place.push_back(i);
  }
  place.push_back(linalg::IndexOp::create(s, pool.spatial() + 1));
  return place;
}

Value i32(ImplicitLocOpBuilder &s, int64_t value) {
  return arith::ConstantOp::create(s, s.getI32IntegerAttr(value));
}

SmallVector<Value> lowerMaxPool(LinalgBuilder &builder, const Pool &pool, MaxPoolOp op) {
  Type element = pool.input.getElementType();
  auto body = [&](ImplicitLocOpBuilder &s, ValueRange) -> SmallVector<Value> {
    Value best, where;
    for (int64_t position = 0; position < pool.positions(); ++position) {
      Value inside;
      Value value = tensor::ExtractOp::create(s, op.getInput(), inputPlace(s, pool, position, inside));
      if (inside) {
        double infinity = std::numeric_limits<double>::infinity();
        Value least = arith::ConstantOp::create(s, s.getFloatAttr(element, -infinity));
        value = arith::SelectOp::create(s, inside, value, least);
      }
      if (!best) {
        best = value;
        where = i32(s, 0);
        continue;
      }
      Value larger = arith::CmpFOp::create(s, arith::CmpFPredicate::OGT, value, best);
      where = arith::SelectOp::create(s, larger, i32(s, position), where);
      best = arith::MaximumFOp::create(s, best, value);
    }
    return {best, where};
  };
  return builder.pointwise({typeOf(op.getResult()), typeOf(op.getPlace())}, builder.dynamicSizeOf(op), {}, {},
                           body);
}

// For each window that may reach the current input element: add(its place in the output, the position of the
// element within it, whether it does; null if always).
template <typename Add> void forEachWindow(ImplicitLocOpBuilder &s, const Pool &pool, Add add) {
  // Windows that do not overlap: one at most, found by division.
  bool apart = llvm::all_of(llvm::zip(pool.window, pool.strides),
                            [](auto p) { return std::get<0>(p) <= std::get<1>(p); }) &&
               llvm::all_of(pool.padding, [](int64_t p) { return p == 0; });
  SmallVector<Value> place = {linalg::IndexOp::create(s, 0)};
  place.resize(pool.spatial() + 1);
  place.push_back(linalg::IndexOp::create(s, pool.spatial() + 1));
  for (int64_t position = 0; position < (apart ? 1 : pool.positions()); ++position) {
    Value inside, linear = number(s, apart ? 0 : position);
    SmallVector<int64_t> offset = pool.offsets(position);
    for (int64_t axis = 0; axis < pool.spatial(); ++axis) {
      Value i = linalg::IndexOp::create(s, axis + 1), stride = number(s, pool.strides[axis]);
      i = arith::AddIOp::create(s, i, number(s, pool.padding[2 * axis] - offset[axis]));
      if (offset[axis] > pool.padding[2 * axis]) {
        inside = both(s, inside, arith::CmpIOp::create(s, arith::CmpIPredicate::sge, i, number(s, 0)));
        i = arith::MaxSIOp::create(s, i, number(s, 0));
      }
      Value rest = arith::RemUIOp::create(s, i, stride), o = arith::DivUIOp::create(s, i, stride);
      if (apart) {
        linear = arith::AddIOp::create(
            s, arith::MulIOp::create(s, linear, number(s, pool.window[axis])).getResult(), rest);
        if (pool.window[axis] < pool.strides[axis])
          inside =
              both(s, inside,
                   arith::CmpIOp::create(s, arith::CmpIPredicate::slt, rest, number(s, pool.window[axis])));
      } else if (pool.strides[axis] > 1) {
        inside = both(s, inside, arith::CmpIOp::create(s, arith::CmpIPredicate::eq, rest, number(s, 0)));
      }
      int64_t length = pool.output.getDimSize(axis + 1);
      if ((pool.input.getDimSize(axis + 1) - 1 + pool.padding[2 * axis] - offset[axis]) /
              pool.strides[axis] >=
          length) {
        inside = both(s, inside, arith::CmpIOp::create(s, arith::CmpIPredicate::slt, o, number(s, length)));
        o = arith::MinSIOp::create(s, o, number(s, length - 1));
      }
      place[axis + 1] = o;
    }
    add(place, linear, inside);
  }
}

// Of all windows that reach an input element, the sum of the gradients of those that chose it.
Value lowerMaxPoolGrad(LinalgBuilder &builder, const Pool &pool, MaxPoolGradOp op) {
  auto body = [&](ImplicitLocOpBuilder &s, ValueRange) -> SmallVector<Value> {
    Value zero = arith::ConstantOp::create(s, s.getZeroAttr(pool.input.getElementType()));
    Value total;
    forEachWindow(s, pool, [&](ArrayRef<Value> place, Value linear, Value inside) {
      Value position = arith::IndexCastOp::create(s, s.getI32Type(), linear);
      Value chosen =
          arith::CmpIOp::create(s, arith::CmpIPredicate::eq,
                                tensor::ExtractOp::create(s, op.getPlace(), place).getResult(), position);
      Value share = tensor::ExtractOp::create(s, op.getGradient(), place);
      share = arith::SelectOp::create(s, both(s, inside, chosen), share, zero);
      total = total ? arith::AddFOp::create(s, total, share).getResult() : share;
    });
    return {total};
  };
  return builder.pointwise(typeOf(op), builder.dynamicSizeOf(op), {}, {}, body);
}

Value lowerSumPool(LinalgBuilder &builder, const Pool &pool, SumPoolOp op) {
  auto body = [&](ImplicitLocOpBuilder &s, ValueRange) -> SmallVector<Value> {
    Value zero = arith::ConstantOp::create(s, s.getZeroAttr(pool.input.getElementType()));
    Value total;
    for (int64_t position = 0; position < pool.positions(); ++position) {
      Value inside;
      Value value = tensor::ExtractOp::create(s, op.getInput(), inputPlace(s, pool, position, inside));
      if (inside)
        value = arith::SelectOp::create(s, inside, value, zero);
      total = total ? arith::AddFOp::create(s, total, value).getResult() : value;
    }
    return {total};
  };
  return builder.pointwise(typeOf(op), builder.dynamicSizeOf(op), {}, {}, body);
}

Value lowerSumPoolGrad(LinalgBuilder &builder, const Pool &pool, SumPoolGradOp op) {
  auto body = [&](ImplicitLocOpBuilder &s, ValueRange) -> SmallVector<Value> {
    Value zero = arith::ConstantOp::create(s, s.getZeroAttr(pool.input.getElementType()));
    Value total;
    forEachWindow(s, pool, [&](ArrayRef<Value> place, Value, Value inside) {
      Value share = tensor::ExtractOp::create(s, op.getGradient(), place);
      if (inside)
        share = arith::SelectOp::create(s, inside, share, zero);
      total = total ? arith::AddFOp::create(s, total, share).getResult() : share;
    });
    return {total};
  };
  return builder.pointwise(typeOf(op), builder.dynamicSizeOf(op), {}, {}, body);
}

Value lowerMaxPoolPick(LinalgBuilder &builder, const Pool &pool, MaxPoolPickOp op) {
  RankedTensorType type = typeOf(op);
  auto body = [&](ImplicitLocOpBuilder &s, ValueRange x) -> SmallVector<Value> {
    Value chosen;
    for (int64_t position = 0; position < pool.positions(); ++position) {
      Value inside;
      Value value = tensor::ExtractOp::create(s, op.getInput(), inputPlace(s, pool, position, inside));
      Value here = arith::CmpIOp::create(s, arith::CmpIPredicate::eq, x[0], i32(s, position));
      chosen = chosen ? arith::SelectOp::create(s, here, value, chosen).getResult() : value;
    }
    return {chosen};
  };
  return builder.pointwise(type, builder.dynamicSizeOf(op), op.getPlace(), builder.identity(type.getRank()),
                           body);
}

template <typename PoolLike> Pool poolOf(PoolLike op, Value input, Value output) {
  return {op.getWindow(), op.getStrides(), op.getPadding(), typeOf(input), typeOf(output)};
}

} // namespace

SmallVector<Value> nn::lowerPooling(LinalgBuilder &builder, Operation *op) {
  if (auto pool = dyn_cast<MaxPoolOp>(op))
    return lowerMaxPool(builder, poolOf(pool, pool.getInput(), pool.getResult()), pool);
  if (auto grad = dyn_cast<MaxPoolGradOp>(op))
    return {lowerMaxPoolGrad(builder, poolOf(grad, grad, grad.getGradient()), grad)};
  if (auto pick = dyn_cast<MaxPoolPickOp>(op))
    return {lowerMaxPoolPick(builder, poolOf(pick, pick.getInput(), pick), pick)};
  if (auto pool = dyn_cast<SumPoolOp>(op))
    return {lowerSumPool(builder, poolOf(pool, pool.getInput(), pool), pool)};
  if (auto grad = dyn_cast<SumPoolGradOp>(op))
    return {lowerSumPoolGrad(builder, poolOf(grad, grad, grad.getGradient()), grad)};
  return {};
}
