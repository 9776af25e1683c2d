// Functions of one element, and the choice between two.
#include "compiler/sema/Braces.h"
#include "compiler/sema/Evaluator.h"
#include <algorithm>

namespace nn::sema {

using typed::Op;

namespace {

// A number at once, in double; a tensor as a node.
template <typename Compute>
Value unary(Evaluator &evaluator, const BuiltinCall &call, Op op, const char *domain, Compute compute) {
  if (call[0].isNumber()) {
    double result = compute(call[0].number());
    if (std::isfinite(result))
      return result;
    return evaluator.fail(DiagnosticKind::OutsideDomain, call.places[0],
                          {std::string(call.builtin.name), formatNumber(call[0].number()), domain});
  }
  auto x = evaluator.asFloat(call[0], call.places[0]);
  return x ? evaluator.tensor(evaluator.builder().unary(op, *x)) : Value(Poison());
}

#define NN_UNARY(function, op, domain, formula)                                                              \
  Value function(Evaluator &evaluator, const BuiltinCall &call) {                                            \
    return unary(evaluator, call, Op::op, domain, [](double x) -> double { return formula; });               \
  }
NN_UNARY(exp, Exp, "a smaller number", std::exp(x))
NN_UNARY(log, Log, "a positive number", std::log(x))
NN_UNARY(sqrt, Sqrt, "a number that is not negative", std::sqrt(x))
NN_UNARY(rsqrt, Rsqrt, "a positive number", 1 / std::sqrt(x))
NN_UNARY(tanh, Tanh, "a number", std::tanh(x))
NN_UNARY(sin, Sin, "a number", std::sin(x))
NN_UNARY(cos, Cos, "a number", std::cos(x))
NN_UNARY(erf, Erf, "a number", std::erf(x))
NN_UNARY(abs, Abs, "a number", std::abs(x))
NN_UNARY(sign, Sign, "a number", (x > 0) - (x < 0))
#undef NN_UNARY

// `floor` and `ceil` make whole numbers, which sizes need.
Value whole(Evaluator &evaluator, const BuiltinCall &call, bool up) {
  if (call[0].as<int64_t>())
    return call[0];
  if (call[0].isNumber()) {
    double number = up ? std::ceil(call[0].number()) : std::floor(call[0].number());
    if (std::abs(number) < 9e15)
      return int64_t(number);
    return evaluator.fail(DiagnosticKind::IntegerOverflow, call.places[0], {formatNumber(number)});
  }
  auto x = evaluator.asFloat(call[0], call.places[0]);
  if (!x)
    return Poison();
  GraphBuilder &builder = evaluator.builder();
  if (!up)
    return evaluator.tensor(builder.unary(Op::Floor, *x));
  return evaluator.tensor(builder.unary(Op::Neg, builder.unary(Op::Floor, builder.unary(Op::Neg, *x))));
}

Value floor(Evaluator &evaluator, const BuiltinCall &call) { return whole(evaluator, call, false); }
Value ceil(Evaluator &evaluator, const BuiltinCall &call) { return whole(evaluator, call, true); }

// The larger or smaller of two values; a list is taken from left to right.
Value extreme(Evaluator &evaluator, const Value &x, const Value &y, bool larger, const BuiltinCall &call) {
  if (x.as<int64_t>() && y.as<int64_t>())
    return larger ? std::max(*x.as<int64_t>(), *y.as<int64_t>())
                  : std::min(*x.as<int64_t>(), *y.as<int64_t>());
  if (x.isNumber() && y.isNumber())
    return larger ? std::max(x.number(), y.number()) : std::min(x.number(), y.number());
  return evaluator.elementwise(larger ? Op::Max : Op::Min, larger ? "max" : "min", x, y, call.where,
                               call.places[0], call.places[1]);
}

Value extremes(Evaluator &evaluator, const BuiltinCall &call, bool larger) {
  if (call.has(1))
    return extreme(evaluator, call[0], call[1], larger, call);
  if (auto *list = call[0].sequence(); list && !list->elements.empty()) {
    Value result = list->elements[0];
    for (size_t i = 1; i < list->elements.size() && !result.isPoison(); ++i)
      result = extreme(evaluator, result, list->elements[i], larger, call);
    return result;
  }
  // `max(x)`, `max(x, axis: 1)`: over axes.
  auto x = evaluator.asFloat(call[0], call.places[0]);
  if (!x)
    return Poison();
  auto axes = evaluator.asAxes(call.values[2], evaluator.builder().shapeOf(*x).size(), call.places[2]);
  return axes ? evaluator.tensor(evaluator.builder().reduce(larger ? "max" : "min", *x, *axes))
              : Value(Poison());
}

Value max(Evaluator &evaluator, const BuiltinCall &call) { return extremes(evaluator, call, true); }
Value min(Evaluator &evaluator, const BuiltinCall &call) { return extremes(evaluator, call, false); }

Value where(Evaluator &evaluator, const BuiltinCall &call) {
  if (auto *known = call[0].as<bool>())
    return *known ? call[1] : call[2];
  GraphBuilder &builder = evaluator.builder();
  auto mask = evaluator.asTensor(call[0], call.places[0]);
  auto x = evaluator.asFloat(call[1], call.places[1]), y = evaluator.asFloat(call[2], call.places[2]);
  if (!mask || !x || !y)
    return Poison();
  if (builder.typeOf(*mask).element != typed::Element::Mask)
    return evaluator.fail(DiagnosticKind::NotACondition, call.places[0], {describe(call[0]), "a condition"});
  auto shape = evaluator.commonShape("where", *x, *y, call.where, call.places[1], call.places[2]);
  if (!shape)
    return Poison();
  size_t wider = builder.shapeOf(*x) == *shape ? 1 : 2;
  shape = evaluator.commonShape("where", *mask, wider == 1 ? *x : *y, call.where, call.places[0],
                                call.places[wider]);
  if (!shape)
    return Poison();
  return evaluator.tensor(builder.select(builder.broadcast(*mask, *shape), builder.broadcast(*x, *shape),
                                         builder.broadcast(*y, *shape)));
}

Value stopGradient(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asFloat(call[0], call.places[0]);
  return x ? evaluator.tensor(evaluator.builder().stopGradient(*x)) : Value(Poison());
}

// What a body may decide by: an argument left out, or one that only the run knows.
Value isKnown(Evaluator &, const BuiltinCall &call) { return !call[0].as<Tensor>(); }

// A range that a body asks of what it is built with. What only the run knows is not judged.
Value require(Evaluator &evaluator, const BuiltinCall &call) {
  auto *message = call[1].as<std::string>();
  if (!message)
    return evaluator.fail(DiagnosticKind::ExpectedText, call.places[1],
                          {describe(call[1]), "a message in quotes"});
  auto *known = call[0].as<bool>();
  if (!known || *known)
    return Nothing();
  std::vector<std::string> names;
  std::string filled = fillBraces(*message, [&](const std::string &name) {
    names.push_back(name);
    Value value = evaluator.lookUp(name, call.places[1]);
    return value.isNumber() ? formatNumber(value.number()) : describe(value);
  });
  auto builder = evaluator.error(DiagnosticKind::RequirementFailed, call.where, {filled});
  for (const std::string &name : names)
    evaluator.labelName(builder, name, call.where);
  return Poison();
}

} // namespace

const std::vector<Builtin> &elementwiseBuiltins() {
  static const std::vector<Builtin> table{
      {"exp(x: f32[...]) -> f32[...]", exp, "e^x of each element."},
      {"log(x: f32[...]) -> f32[...]", log, "The natural logarithm of each element; x is more than 0."},
      {"sqrt(x: f32[...]) -> f32[...]", sqrt, "The square root of each element; x is not negative."},
      {"rsqrt(x: f32[...]) -> f32[...]", rsqrt, "1 / sqrt(x) of each element; x is more than 0."},
      {"tanh(x: f32[...]) -> f32[...]", tanh, "The hyperbolic tangent of each element, in [-1, 1]."},
      {"sin(x: f32[...]) -> f32[...]", sin, "The sine of each element, an angle in radians."},
      {"cos(x: f32[...]) -> f32[...]", cos, "The cosine of each element, an angle in radians."},
      {"erf(x: f32[...]) -> f32[...]", erf, "The error function of each element, in [-1, 1]."},
      {"abs(x: f32[...]) -> f32[...]", abs, "|x| of each element; its gradient at 0 is 0."},
      {"sign(x: f32[...]) -> f32[...]", sign, "-1, 0 or 1: the sign of each element. No gradient passes."},
      {"floor(x: f32[...]) -> f32[...]", floor,
       "The largest whole number up to each element; of a number an `int`, which sizes need. No gradient "
       "passes."},
      {"ceil(x: f32[...]) -> f32[...]", ceil,
       "The least whole number from each element on; of a number an `int`, which sizes need. No gradient "
       "passes."},
      {"max(x: f32[...], y: f32[...] = none, axis = all) -> f32[...]", max,
       "The larger one of x and y, element by element; of a list of tensors the largest. Without y the "
       "largest element over all axes, or over those of `axis`, one or a list, which fall away."},
      {"min(x: f32[...], y: f32[...] = none, axis = all) -> f32[...]", min,
       "The smaller one of x and y, element by element; of a list of tensors the smallest. Without y the "
       "least element over all axes, or over those of `axis`, one or a list, which fall away."},
      {"where(mask: mask[...], x: f32[...], y: f32[...]) -> f32[...]", where,
       "x where the mask is true, y elsewhere. Shapes align at the last axis."},
      {"stop_gradient(x: f32[...]) -> f32[...]", stopGradient, "x, through which no gradient passes."},
      {"is_known(x) -> bool", isKnown,
       "Whether x is decided when compiling: a number, a text, `true`, a list; not a tensor."},
      {"require(condition: bool, message: string) -> nothing", require,
       "An error with this message where the condition, known when compiling, does not hold."}};
  return table;
}

} // namespace nn::sema
