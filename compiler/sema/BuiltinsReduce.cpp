// Sums, means and products over axes, moments, the place of the maximum.
#include "compiler/sema/Evaluator.h"

namespace nn::sema {

namespace {

template <typename Emit> Value reduce(Evaluator &evaluator, const BuiltinCall &call, Emit emit) {
  if (call[0].isNumber())
    return call[0];
  auto x = evaluator.asFloat(call[0], call.places[0]);
  if (!x)
    return Poison();
  auto axes = evaluator.asAxes(call.values[1], evaluator.builder().shapeOf(*x).size(), call.places[1]);
  return axes ? evaluator.tensor(emit(evaluator.builder(), *x, *axes)) : Value(Poison());
}

Value sum(Evaluator &evaluator, const BuiltinCall &call) {
  return reduce(evaluator, call,
                [](GraphBuilder &b, typed::Value x, auto &axes) { return b.reduce("sum", x, axes); });
}

Value prod(Evaluator &evaluator, const BuiltinCall &call) {
  return reduce(evaluator, call,
                [](GraphBuilder &b, typed::Value x, auto &axes) { return b.reduce("prod", x, axes); });
}

Value mean(Evaluator &evaluator, const BuiltinCall &call) {
  return reduce(evaluator, call, [](GraphBuilder &b, typed::Value x, auto &axes) {
    return axes.empty() ? x : b.mean(x, axes);
  });
}

// Mean, biased variance and count over all axes but the last.
Value moments(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asFloat(call[0], call.places[0]);
  if (!x)
    return Poison();
  Shape shape = evaluator.builder().shapeOf(*x);
  if (shape.size() < 2)
    return evaluator.fail(DiagnosticKind::WrongRank, call.places[0],
                          {"moments", describe(call[0]), "2 or more"});
  std::vector<int64_t> axes = allAxes(shape.size() - 1);
  auto [mean, variance] = evaluator.builder().moments(*x, axes);
  typed::Dim count = *product(Shape(shape.begin(), shape.end() - 1));
  Value number = count.batch ? evaluator.tensor(evaluator.builder().extent(count.size)) : Value(count.size);
  return makeSequence({evaluator.tensor(mean), evaluator.tensor(variance), number}, true);
}

Value argMax(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asFloat(call[0], call.places[0]);
  if (!x)
    return Poison();
  Shape shape = evaluator.builder().shapeOf(*x);
  auto axis = evaluator.asAxis(call.values[1], shape.size(), -1, call.places[1]);
  if (!axis)
    return Poison();
  if (shape[*axis].batch)
    return evaluator.fail(DiagnosticKind::BatchAxis, call.where, {"argmax"});
  return evaluator.tensor(evaluator.builder().argMax(*x, *axis));
}

} // namespace

const std::vector<Builtin> &reductionBuiltins() {
  static const std::vector<Builtin> table{{"sum", {"x", "axis"}, 1, sum},
                                          {"mean", {"x", "axis"}, 1, mean},
                                          {"prod", {"x", "axis"}, 1, prod},
                                          {"moments", {"x"}, 1, moments},
                                          {"argmax", {"x", "axis"}, 1, argMax}};
  return table;
}

} // namespace nn::sema
