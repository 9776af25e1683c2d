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
  static const std::vector<Builtin> table{
      {"sum(x: f32[...], axis = all) -> f32[...]", sum,
       "The sum over all axes, or over those of `axis`, one or a list, which fall away."},
      {"mean(x: f32[...], axis = all) -> f32[...]", mean,
       "The mean over all axes, or over those of `axis`, one or a list, which fall away."},
      {"prod(x: f32[...], axis = all) -> f32[...]", prod,
       "The product over all axes, or over those of `axis`, one or a list, which fall away."},
      {"moments(x: f32[..., n]) -> (f32[n], f32[n], int)", moments,
       "Over all axes but the last: mean, biased variance, and how many elements each of them is of."},
      {"argmax(x: f32[..., k], axis: int = -1) -> class(k)[...]", argMax,
       "The place of the largest element along an axis, which falls away; of equal ones the first. No "
       "gradient passes."}};
  return table;
}

} // namespace nn::sema
