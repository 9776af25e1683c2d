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
  static const std::vector<Builtin> table{{"exp", {"x"}, 1, exp},
                                          {"log", {"x"}, 1, log},
                                          {"sqrt", {"x"}, 1, sqrt},
                                          {"rsqrt", {"x"}, 1, rsqrt},
                                          {"tanh", {"x"}, 1, tanh},
                                          {"sin", {"x"}, 1, sin},
                                          {"cos", {"x"}, 1, cos},
                                          {"erf", {"x"}, 1, erf},
                                          {"abs", {"x"}, 1, abs},
                                          {"sign", {"x"}, 1, sign},
                                          {"floor", {"x"}, 1, floor},
                                          {"ceil", {"x"}, 1, ceil},
                                          {"max", {"x", "y", "axis"}, 1, max},
                                          {"min", {"x", "y", "axis"}, 1, min},
                                          {"where", {"mask", "x", "y"}, 3, where},
                                          {"stop_gradient", {"x"}, 1, stopGradient},
                                          {"require", {"condition", "message"}, 2, require}};
  return table;
}

} // namespace nn::sema
