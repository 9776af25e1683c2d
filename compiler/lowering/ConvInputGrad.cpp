// The gradient of a convolution's input: the gradient of its output, convolved with the taps in reverse.
// Where windows move by strides, the places of the input fall into phases: those a multiple of the stride
// apart meet the same taps. Each phase is a convolution of its own, so that nothing is multiplied with zeros.
#include "compiler/lowering/ConvWindows.h"

#include <numeric>

using namespace mlir;
using namespace nn;

namespace {

constexpr int64_t mostPhases = 9; // beyond, zeros between the places are less code

// Along one axis, the taps that places phase, phase + stride, … meet. The q-th of them meets tap
// lastTap - m tapStep at the gradient's place q + start + m step.
struct Phase {
  int64_t taps = 0, lastTap = 0, tapStep = 1;
  int64_t start = 0, step = 1;
};

Phase phaseOf(int64_t phase, int64_t stride, int64_t dilation, int64_t padding, int64_t kernel) {
  for (int64_t last = kernel - 1; last >= 0; --last) {
    int64_t distance = phase + padding - last * dilation;
    if (distance % stride)
      continue;
    int64_t tapStep = stride / std::gcd(stride, dilation);
    return {last / tapStep + 1, last, tapStep, distance / stride, tapStep * dilation / stride};
  }
  return {};
}

// The phases of each axis, and the padded gradient they share.
struct Phases {
  LinalgBuilder &builder;
  const Windows &w;
  SmallVector<int64_t> strides = {};           // those that are taken apart; 1 where zeros are put between
  SmallVector<SmallVector<Phase>> ofAxis = {}; // by phase
  SmallVector<int64_t> places = {}, low = {};  // of each axis, in a phase and before the gradient
  int64_t total = 1;

  Phases(LinalgBuilder &builder, const Windows &w) : builder(builder), w(w) {
    for (int64_t stride : w.strides)
      total *= stride;
    bool apart = total <= mostPhases;
    total = apart ? total : 1;
    for (int64_t axis = 0; axis < w.spatial(); ++axis) {
      int64_t stride = apart ? w.strides[axis] : 1;
      strides.push_back(stride);
      places.push_back(llvm::divideCeil(w.input.getDimSize(axis + 1), stride));
      auto &own = ofAxis.emplace_back();
      low.push_back(0);
      for (int64_t phase = 0; phase < stride; ++phase) {
        own.push_back(phaseOf(phase, stride, w.dilations[axis], w.padding[2 * axis], w.kernel(axis)));
        low.back() = std::max(low.back(), -own.back().start);
      }
    }
  }

  Value padGradient(Value gradient) {
    SmallVector<int64_t> length, interior;
    for (int64_t axis = 0; axis < w.spatial(); ++axis) {
      int64_t step = w.strides[axis] / strides[axis];
      int64_t reached = low[axis] + (w.output.getDimSize(axis + 1) - 1) * step + 1;
      for (const Phase &phase : ofAxis[axis])
        reached = std::max(reached, low[axis] + phase.start + places[axis] + (phase.taps - 1) * phase.step);
      length.push_back(reached);
      interior.push_back(step - 1);
    }
    Value dy = padded(builder, gradient, low, length, interior);
    return w.isGradientSpread() ? spread(builder, dy, w.groups, w.inputsOfGroup())
                                : grouped(builder, dy, w.groups);
  }

  // Of the result, where groups are an axis of their own.
  int64_t groupAxes() { return w.isGradientSpread() ? 1 : w.groups; }

  // The phase of each axis.
  SmallVector<int64_t> split(int64_t number) {
    SmallVector<int64_t> phase(strides.size());
    for (size_t axis = strides.size(); axis-- > 0; number /= strides[axis])
      phase[axis] = number % strides[axis];
    return phase;
  }

  // The taps of a phase in reverse, [k…, f, g, c] of the filter's [k…, c, g, f].
  Value taps(ArrayRef<int64_t> phase, Value filter) {
    Value kernel = grouped(builder, filter, w.groups);
    auto type = typeOf(kernel);
    int64_t s = w.spatial(), rank = type.getRank();
    SmallVector<int64_t> shape(type.getShape());
    std::swap(shape[s], shape[rank - 1]);
    SmallVector<AffineExpr> source;
    for (int64_t axis = 0; axis < s; ++axis) {
      const Phase &own = ofAxis[axis][phase[axis]];
      shape[axis] = own.taps;
      source.push_back(builder.dim(axis) * -own.tapStep + own.lastTap);
    }
    for (int64_t axis = s; axis < rank; ++axis)
      source.push_back(builder.dim(axis));
    std::swap(source[s], source[rank - 1]);
    Value taps = builder.pointwise(
        RankedTensorType::get(shape, type.getElementType()), {}, kernel, builder.map(rank, source),
        [](ImplicitLocOpBuilder &, ValueRange x) -> SmallVector<Value> { return {x[0]}; });
    if (!w.isGradientSpread())
      return taps;
    shape.pop_back();
    shape.back() = w.input.getShape().back();
    return builder.reshape(taps, RankedTensorType::get(shape, type.getElementType()));
  }

  // One phase; null if it meets no tap.
  Value resultOf(ArrayRef<int64_t> phase, Value dy, Value filter) {
    auto type = groupedType(w.input, groupAxes());
    SmallVector<int64_t> shape(type.getShape());
    SmallVector<Reach> reaches;
    for (int64_t axis = 0; axis < w.spatial(); ++axis) {
      const Phase &own = ofAxis[axis][phase[axis]];
      if (!own.taps)
        return {};
      reaches.push_back({1, own.step, own.start + low[axis]});
      shape[axis + 1] = places[axis];
    }
    return convolve(builder, RankedTensorType::get(shape, type.getElementType()), dy, taps(phase, filter),
                    reaches);
  }

  // Place s q + r is place q of phase r.
  Value interleave(ArrayRef<Value> results, Value dynamicSize) {
    auto type = groupedType(w.input, groupAxes());
    auto body = [&](ImplicitLocOpBuilder &b, ValueRange) -> SmallVector<Value> {
      auto number = [&](int64_t value) { return arith::ConstantIndexOp::create(b, value).getResult(); };
      SmallVector<Value> place, rest;
      for (int64_t d = 0; d < type.getRank(); ++d)
        place.push_back(linalg::IndexOp::create(b, d));
      for (auto [axis, stride] : llvm::enumerate(strides)) {
        Value i = place[axis + 1];
        place[axis + 1] = stride == 1 ? i : arith::DivUIOp::create(b, i, number(stride)).getResult();
        rest.push_back(stride == 1 ? Value() : arith::RemUIOp::create(b, i, number(stride)).getResult());
      }
      Value chosen = arith::ConstantOp::create(b, b.getZeroAttr(type.getElementType()));
      for (auto [r, result] : llvm::enumerate(results)) {
        if (!result)
          continue;
        Value own;
        for (auto [axis, phase] : llvm::enumerate(split(r))) {
          if (!rest[axis])
            continue;
          Value here = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, rest[axis], number(phase));
          own = own ? arith::AndIOp::create(b, own, here).getResult() : here;
        }
        Value value = tensor::ExtractOp::create(b, result, place);
        chosen = arith::SelectOp::create(b, own, value, chosen);
      }
      return {chosen};
    };
    return builder.pointwise(type, dynamicSize, {}, {}, body);
  }
};

} // namespace

Value nn::lowerInputGrad(LinalgBuilder &builder, const Windows &w, Value gradient, Value filter) {
  Phases phases(builder, w);
  Value dy = phases.padGradient(gradient);
  SmallVector<Value> results;
  for (int64_t r = 0; r < phases.total; ++r)
    results.push_back(phases.resultOf(phases.split(r), dy, filter));
  Value whole =
      phases.total == 1 ? results.front() : phases.interleave(results, builder.dynamicSize(gradient));
  return builder.reshape(whole, w.input);
}
