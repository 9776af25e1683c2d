// Constants and the elementwise ops.
#include "compiler/reference/Ops.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;

namespace nn {
namespace {

template <typename Function> Tensor map(const Tensor &x, Function function) {
  Tensor y = Tensor::real(x.shape);
  for (int64_t i = 0; i < x.size(); ++i)
    y.reals[i] = function(x.reals[i]);
  return y;
}

template <typename Function> Tensor map(const Tensor &a, const Tensor &b, Function function) {
  Tensor y = Tensor::real(a.shape);
  for (int64_t i = 0; i < a.size(); ++i)
    y.reals[i] = function(a.reals[i], b.reals[i]);
  return y;
}

template <typename Function> Tensor mapMask(const Tensor &a, const Tensor &b, Function function) {
  Tensor y = Tensor::integer(a.shape);
  for (int64_t i = 0; i < a.size(); ++i)
    y.integers[i] = function(a.integers[i] != 0, b.integers[i] != 0);
  return y;
}

double sign(double v) { return v > 0 ? 1 : v < 0 ? -1 : v; }
double larger(double a, double b) { return std::isnan(a) || a > b ? a : b; }
double smaller(double a, double b) { return std::isnan(a) || a < b ? a : b; }

template <typename Number> bool holds(StringRef predicate, Number a, Number b) {
  if (predicate == "lt")
    return a < b;
  if (predicate == "le")
    return a <= b;
  if (predicate == "gt")
    return a > b;
  if (predicate == "ge")
    return a >= b;
  return (a == b) == (predicate == "eq");
}

Tensor compare(CompareOp op, const Tensor &a, const Tensor &b) {
  Tensor y = Tensor::integer(a.shape);
  for (int64_t i = 0; i < a.size(); ++i)
    y.integers[i] = a.isInteger ? holds(op.getPredicate(), a.integers[i], b.integers[i])
                                : holds(op.getPredicate(), a.reals[i], b.reals[i]);
  return y;
}

Tensor select(const Tensor &condition, const Tensor &a, const Tensor &b) {
  Tensor y = Tensor::zeros(a.shape, a);
  for (int64_t i = 0; i < a.size(); ++i)
    y.take(i, condition.integers[i] ? a : b, i);
  return y;
}

Tensor cast(const Tensor &x, Type to) {
  if (!x.isInteger || !isa<FloatType>(to))
    return x;
  Tensor y = Tensor::real(x.shape);
  for (int64_t i = 0; i < x.size(); ++i)
    y.reals[i] = static_cast<double>(x.integers[i]);
  return y;
}

Tensor constant(ConstantOp op) {
  auto elements = mlir::cast<DenseElementsAttr>(op.getValue());
  ArrayRef<int64_t> shape = op.getType().getShape();
  if (isa<FloatType>(op.getType().getElementType())) {
    Tensor y = Tensor::real(shape);
    int64_t i = 0;
    for (APFloat value : elements.getValues<APFloat>())
      y.reals[i++] = value.convertToDouble();
    return y;
  }
  bool isMask = op.getType().getElementType().isInteger(1);
  Tensor y = Tensor::integer(shape);
  int64_t i = 0;
  for (const APInt &value : elements.getValues<APInt>())
    y.integers[i++] = isMask ? value.getZExtValue() : value.getSExtValue();
  return y;
}

std::optional<Tensor> unary(Operation *op, Operands x) {
  return TypeSwitch<Operation *, std::optional<Tensor>>(op)
      .Case<NegOp>([&](auto) { return map(*x[0], [](double v) { return -v; }); })
      .Case<ExpOp>([&](auto) { return map(*x[0], [](double v) { return std::exp(v); }); })
      .Case<LogOp>([&](auto) { return map(*x[0], [](double v) { return std::log(v); }); })
      .Case<SqrtOp>([&](auto) { return map(*x[0], [](double v) { return std::sqrt(v); }); })
      .Case<RsqrtOp>([&](auto) { return map(*x[0], [](double v) { return 1 / std::sqrt(v); }); })
      .Case<TanhOp>([&](auto) { return map(*x[0], [](double v) { return std::tanh(v); }); })
      .Case<SinOp>([&](auto) { return map(*x[0], [](double v) { return std::sin(v); }); })
      .Case<CosOp>([&](auto) { return map(*x[0], [](double v) { return std::cos(v); }); })
      .Case<ErfOp>([&](auto) { return map(*x[0], [](double v) { return std::erf(v); }); })
      .Case<AbsOp>([&](auto) { return map(*x[0], [](double v) { return std::abs(v); }); })
      .Case<SignOp>([&](auto) { return map(*x[0], sign); })
      .Case<FloorOp>([&](auto) { return map(*x[0], [](double v) { return std::floor(v); }); })
      .Case<StopGradientOp>([&](auto) { return *x[0]; })
      .Case<CastOp>([&](CastOp op) { return cast(*x[0], op.getType().getElementType()); })
      .Default(std::nullopt);
}

std::optional<Tensor> binary(Operation *op, Operands x) {
  return TypeSwitch<Operation *, std::optional<Tensor>>(op)
      .Case<AddOp>([&](auto) { return map(*x[0], *x[1], [](double a, double b) { return a + b; }); })
      .Case<SubOp>([&](auto) { return map(*x[0], *x[1], [](double a, double b) { return a - b; }); })
      .Case<MulOp>([&](auto) { return map(*x[0], *x[1], [](double a, double b) { return a * b; }); })
      .Case<DivOp>([&](auto) { return map(*x[0], *x[1], [](double a, double b) { return a / b; }); })
      .Case<MaxOp>([&](auto) { return map(*x[0], *x[1], larger); })
      .Case<MinOp>([&](auto) { return map(*x[0], *x[1], smaller); })
      .Case<PowOp>([&](auto) { return map(*x[0], *x[1], [](double a, double b) { return std::pow(a, b); }); })
      .Case<AndOp>([&](auto) { return mapMask(*x[0], *x[1], [](bool a, bool b) { return a && b; }); })
      .Case<OrOp>([&](auto) { return mapMask(*x[0], *x[1], [](bool a, bool b) { return a || b; }); })
      .Case<XorOp>([&](auto) { return mapMask(*x[0], *x[1], [](bool a, bool b) { return a != b; }); })
      .Case<CompareOp>([&](CompareOp op) { return compare(op, *x[0], *x[1]); })
      .Default(std::nullopt);
}

} // namespace

std::optional<Results> evaluateElementwise(Operation *op, Operands x) {
  if (auto constantOp = dyn_cast<ConstantOp>(op))
    return Results{constant(constantOp)};
  if (auto extent = dyn_cast<ExtentOp>(op))
    return Results{
        Tensor::real({}, static_cast<double>(x[0]->integers[0]) * static_cast<double>(extent.getFactor()))};
  if (isa<SelectOp>(op))
    return Results{select(*x[0], *x[1], *x[2])};
  if (std::optional<Tensor> y = unary(op, x))
    return Results{std::move(*y)};
  if (std::optional<Tensor> y = binary(op, x))
    return Results{std::move(*y)};
  return std::nullopt;
}

} // namespace nn
