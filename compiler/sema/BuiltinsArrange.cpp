// Functions that number, pad, stack, repeat and accumulate along axes.
#include "compiler/sema/Evaluator.h"

namespace nn::sema {

using typed::Op;

namespace {

constexpr int64_t maxNumbers = 1 << 24; // a float counts exactly as far

// 0, 1, …, n - 1.
Value arange(Evaluator &evaluator, const BuiltinCall &call) {
  auto count = evaluator.asInt(call[0], call.places[0], "the length of `arange`");
  if (!count)
    return Poison();
  if (*count < 1 || *count > maxNumbers)
    return evaluator.fail(DiagnosticKind::ArgumentOutside, call.places[0],
                          {"count", std::to_string(*count), "1 to " + std::to_string(maxNumbers)});
  return evaluator.tensor(evaluator.builder().iota(*count));
}

Value axisCount(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asTensor(call[0], call.places[0]);
  return x ? Value(int64_t(evaluator.builder().shapeOf(*x).size())) : Value(Poison());
}

// The axis an argument names, which must not be that of the batch.
std::optional<int64_t> staticAxis(Evaluator &evaluator, const BuiltinCall &call, size_t argument,
                                  const Shape &shape, int64_t fallback) {
  auto axis = evaluator.asAxis(call.values[argument], shape.size(), fallback, call.places[argument]);
  if (!axis || !shape[*axis].batch)
    return axis;
  evaluator.error(DiagnosticKind::BatchAxis, call.where, {std::string(call.builtin.name)});
  return std::nullopt;
}

// Zeros before and behind along an axis.
Value pad(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asFloat(call[0], call.places[0]);
  if (!x)
    return Poison();
  Shape shape = evaluator.builder().shapeOf(*x);
  auto before = evaluator.asInt(call[1], call.places[1], "`before`");
  auto after = evaluator.asInt(call[2], call.places[2], "`after`");
  auto axis = staticAxis(evaluator, call, 3, shape, -1);
  if (!before || !after || !axis)
    return Poison();
  for (size_t i : {size_t(1), size_t(2)})
    if (int64_t number = i == 1 ? *before : *after; number < 0 || number > maxNumbers)
      return evaluator.fail(
          DiagnosticKind::ArgumentOutside, call.places[i],
          {call.builtin.parameters[i], std::to_string(number), "0 to " + std::to_string(maxNumbers)});
  shape[*axis].size += *before + *after;
  if (!evaluator.checkElements(shape, call.where))
    return Poison();
  std::vector<int64_t> low(shape.size(), 0), high(shape.size(), 0);
  low[*axis] = *before;
  high[*axis] = *after;
  return evaluator.tensor(evaluator.builder().pad(*x, low, high));
}

// Tensors of one shape as slices of a new axis.
Value stack(Evaluator &evaluator, const BuiltinCall &call) {
  auto *list = call[0].sequence();
  if (!list || list->elements.empty())
    return evaluator.fail(DiagnosticKind::NotAList, call.places[0], {describe(call[0]), "a list of tensors"});
  GraphBuilder &builder = evaluator.builder();
  std::vector<typed::Value> parts;
  std::optional<int64_t> axis;
  for (const Value &element : list->elements) {
    auto part = evaluator.asFloat(element, call.places[0]);
    if (!part)
      return Poison();
    Shape shape = builder.shapeOf(*part);
    if (!axis)
      axis = evaluator.asAxis(call.values[1], shape.size() + 1, 0, call.places[1]);
    if (!axis)
      return Poison();
    if (!parts.empty() && without(builder.shapeOf(parts[0]), {*axis}) != shape)
      return evaluator.fail(
          DiagnosticKind::ShapesDoNotFit, call.where,
          {"stack", toString(without(builder.shapeOf(parts[0]), {*axis})), toString(shape)});
    shape.insert(shape.begin() + *axis, typed::Dim{1, false});
    parts.push_back(builder.reshape(*part, shape));
  }
  Shape total = builder.shapeOf(parts[0]);
  total[*axis].size = int64_t(parts.size());
  if (!evaluator.checkElements(total, call.where))
    return Poison();
  return evaluator.tensor(builder.concat(parts, *axis));
}

// Sums of all elements up to each along an axis, in log2(n) steps: after the step of length s each element
// holds the sum of the 2*s up to it.
Value cumsum(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asFloat(call[0], call.places[0]);
  if (!x)
    return Poison();
  GraphBuilder &builder = evaluator.builder();
  Shape shape = builder.shapeOf(*x);
  auto axis = staticAxis(evaluator, call, 1, shape, -1);
  if (!axis)
    return Poison();
  typed::Value total = *x;
  std::vector<int64_t> none(shape.size(), 0), ones(shape.size(), 1);
  for (int64_t step = 1; step < shape[*axis].size; step *= 2) {
    Shape part = shape;
    part[*axis].size -= step;
    std::vector<int64_t> low = none;
    low[*axis] = step;
    typed::Value shifted = builder.pad(builder.slice(total, none, ones, part), low, none);
    total = builder.binary(Op::Add, total, shifted);
  }
  return evaluator.tensor(total);
}

// Each element `times` times in a row along an axis.
Value repeat(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asTensor(call[0], call.places[0]);
  auto times = x ? evaluator.asInt(call[1], call.places[1], "`times`") : std::nullopt;
  if (!times)
    return Poison();
  GraphBuilder &builder = evaluator.builder();
  Shape shape = builder.shapeOf(*x), spread = shape;
  auto axis = staticAxis(evaluator, call, 2, shape, -1);
  if (!axis)
    return Poison();
  if (*times < 1 || *times > maxNumbers)
    return evaluator.fail(DiagnosticKind::ArgumentOutside, call.places[1],
                          {"times", std::to_string(*times), "1 to " + std::to_string(maxNumbers)});
  std::vector<int64_t> axes;
  for (size_t i = 0; i < shape.size(); ++i)
    axes.push_back(int64_t(i) + (int64_t(i) > *axis));
  spread.insert(spread.begin() + *axis + 1, typed::Dim{*times, false});
  shape[*axis].size *= *times;
  if (!evaluator.checkElements(shape, call.where))
    return Poison();
  return evaluator.tensor(builder.reshape(builder.broadcast(*x, spread, axes), shape));
}

} // namespace

const std::vector<Builtin> &arrangeBuiltins() {
  static const std::vector<Builtin> table{
      {"arange(count: int) -> f32[count]", arange, "0, 1, … count - 1."},
      {"axis_count(x: f32[...]) -> int", axisCount, "How many axes x has."},
      {"pad(x: f32[...], before: int, after: int, axis: int = -1) -> f32[...]", pad,
       "So many zeros before and behind along an axis that is not the batch."},
      {"stack(parts, axis: int = 0) -> f32[...]", stack,
       "A list of tensors of one shape as the places of a new axis."},
      {"cumsum(x: f32[...], axis: int = -1) -> f32[...]", cumsum,
       "The sums up to each element along an axis that is not the batch."},
      {"repeat(x: f32[...], times: int, axis: int = -1) -> f32[...]", repeat,
       "Each element so many times in a row along an axis that is not the batch."}};
  return table;
}

} // namespace nn::sema
