// Functions that move elements or name sizes.
#include "compiler/sema/Evaluator.h"
#include <numeric>

namespace nn::sema {

namespace {

Value shape(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asTensor(call[0], call.places[0]);
  if (!x)
    return Poison();
  std::vector<Value> sizes;
  for (const typed::Dim &dim : evaluator.builder().shapeOf(*x))
    sizes.push_back(dim.batch ? Value(BatchSize{dim.size}) : Value(dim.size));
  return makeSequence(std::move(sizes), false);
}

// Lists within a list of sizes stand for as many sizes.
std::vector<Value> spliced(const Sequence &sizes) {
  std::vector<Value> flat;
  for (const Value &size : sizes.elements) {
    auto *list = size.sequence();
    std::vector<Value> inner = list ? spliced(*list) : std::vector<Value>{size};
    flat.insert(flat.end(), inner.begin(), inner.end());
  }
  return flat;
}

// With -1 where a size is open.
std::string shapeText(const Shape &shape, std::optional<size_t> open) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); ++i)
    text += (i ? ", " : "") + (i == open ? "-1" : toString(shape[i]));
  return text + "]";
}

// `reshape(x, [b, -1])`: the size -1 is what is left over.
Value reshape(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asTensor(call[0], call.places[0]);
  auto *list = call[1].sequence();
  if (!x)
    return Poison();
  if (!list)
    return evaluator.fail(DiagnosticKind::NotAList, call.places[1], {describe(call[1]), "a list of sizes"});
  Shape from = evaluator.builder().shapeOf(*x), into;
  std::optional<size_t> open;
  for (const Value &size : spliced(*list)) {
    if (auto *number = size.as<int64_t>(); number && *number == -1 && !open) {
      open = into.size();
      into.push_back({1, false});
      continue;
    }
    auto dim = evaluator.asSize(size, call.places[1], "a size");
    if (!dim)
      return Poison();
    into.push_back(*dim);
  }
  auto before = product(from), after = product(into); // `x` is a tensor, so it has a product
  bool fits = after.has_value();
  if (fits && open) {
    fits = before->size % after->size == 0 && (before->batch || !after->batch);
    if (fits)
      into[*open] = {before->size / after->size, before->batch && !after->batch};
  } else if (fits) {
    fits = *before == *after;
  }
  if (fits)
    return evaluator.tensor(evaluator.builder().reshape(*x, into));
  bool isPerRecord = before->batch && after && after->batch;
  std::string count =
      isPerRecord ? std::to_string(before->size) + " elements a record" : toString(*before) + " elements";
  std::string wanted = open ? "no multiple of " : "not ";
  wanted += !after ? "as many" : isPerRecord ? std::to_string(after->size) : toString(*after);
  auto builder = evaluator.error(DiagnosticKind::ReshapeMismatch, call.where,
                                 {toString(from), shapeText(into, open), count, wanted});
  evaluator.labelOrigin(builder, *x, call.places[0]);
  return Poison();
}

// A new axis of the given size, along which the value repeats.
Value expand(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asTensor(call[0], call.places[0]);
  auto size = x ? evaluator.asSize(call[1], call.places[1], "a size") : std::nullopt;
  if (!size)
    return Poison();
  Shape shape = evaluator.builder().shapeOf(*x);
  auto axis = evaluator.asAxis(call.values[2], shape.size() + 1, 0, call.places[2]);
  if (!axis)
    return Poison();
  std::vector<int64_t> axes;
  for (size_t i = 0; i < shape.size(); ++i)
    axes.push_back(int64_t(i) + (int64_t(i) >= *axis));
  shape.insert(shape.begin() + *axis, *size);
  if (!evaluator.checkElements(shape, call.where))
    return Poison();
  return evaluator.tensor(evaluator.builder().broadcast(*x, shape, axes));
}

Value transpose(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asTensor(call[0], call.places[0]);
  if (!x)
    return Poison();
  size_t rank = evaluator.builder().shapeOf(*x).size();
  std::vector<int64_t> permutation = allAxes(rank);
  if (!call.has(1)) {
    if (rank != 2)
      return evaluator.fail(DiagnosticKind::WrongRank, call.places[0],
                            {"transpose without axes", describe(call[0]), "2"});
    std::swap(permutation[0], permutation[1]);
  } else {
    auto axes = evaluator.asInts(call[1], call.places[1], "an axis");
    if (!axes)
      return Poison();
    if (!std::is_permutation(axes->begin(), axes->end(), permutation.begin(), permutation.end()))
      return evaluator.fail(DiagnosticKind::BadAxis, call.places[1],
                            {evaluator.text(call.places[1]), std::to_string(rank)});
    permutation = *axes;
  }
  return evaluator.tensor(evaluator.builder().transpose(*x, permutation));
}

Value concat(Evaluator &evaluator, const BuiltinCall &call) {
  auto *list = call[0].sequence();
  if (!list || list->elements.empty())
    return evaluator.fail(DiagnosticKind::NotAList, call.places[0], {describe(call[0]), "a list of tensors"});
  GraphBuilder &builder = evaluator.builder();
  std::vector<typed::Value> parts;
  for (const Value &element : list->elements) {
    auto part = evaluator.asFloat(element, call.places[0]);
    if (!part)
      return Poison();
    parts.push_back(*part);
  }
  Shape total = builder.shapeOf(parts[0]);
  auto axis = evaluator.asAxis(call.values[1], total.size(), -1, call.places[1]);
  if (!axis)
    return Poison();
  if (total[*axis].batch)
    return evaluator.fail(DiagnosticKind::BatchAxis, call.where, {"concat"});
  for (size_t i = 1; i < parts.size(); ++i) {
    Shape shape = builder.shapeOf(parts[i]);
    if (without(shape, {*axis}) != without(total, {*axis}) || shape.size() != total.size()) {
      auto message = evaluator.error(DiagnosticKind::ConcatMismatch, call.where,
                                     {"concat", toString(builder.shapeOf(parts[0])), toString(shape)});
      evaluator.labelOrigin(message, parts[0], call.where);
      evaluator.labelOrigin(message, parts[i], call.where);
      return Poison();
    }
    total[*axis].size += shape[*axis].size;
    if (!evaluator.checkElements(total, call.where))
      return Poison();
  }
  return evaluator.tensor(builder.concat(parts, *axis));
}

// Equal parts along an axis, as a tuple.
Value split(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asTensor(call[0], call.places[0]);
  auto parts = x ? evaluator.asInt(call[1], call.places[1], "the number of parts") : std::nullopt;
  if (!parts)
    return Poison();
  Shape shape = evaluator.builder().shapeOf(*x);
  auto axis = evaluator.asAxis(call.values[2], shape.size(), -1, call.places[2]);
  if (!axis)
    return Poison();
  if (shape[*axis].batch)
    return evaluator.fail(DiagnosticKind::BatchAxis, call.where, {"split"});
  int64_t size = shape[*axis].size;
  if (*parts < 1 || size % *parts != 0) {
    auto message =
        evaluator.error(DiagnosticKind::BadSplit, call.where, {std::to_string(size), std::to_string(*parts)});
    evaluator.labelOrigin(message, *x, call.where);
    return Poison();
  }
  shape[*axis].size = size / *parts;
  std::vector<Value> pieces;
  std::vector<int64_t> starts(shape.size(), 0), strides(shape.size(), 1);
  for (int64_t i = 0; i < *parts; ++i) {
    starts[*axis] = i * shape[*axis].size;
    pieces.push_back(evaluator.tensor(evaluator.builder().slice(*x, starts, strides, shape)));
  }
  return makeSequence(std::move(pieces), true);
}

// A number for each axis, or what is already one for each: `kernel: 3`, `kernel: (3, 5)`.
Value perAxis(Evaluator &evaluator, const BuiltinCall &call) {
  auto count = evaluator.asInt(call[1], call.places[1], "the number of axes");
  if (!count)
    return Poison();
  if (*count < 1 || *count > 8)
    return evaluator.fail(DiagnosticKind::BadAxisCount, call.places[1],
                          {"count", std::to_string(*count), "1 to 8"});
  auto *sequence = call[0].sequence();
  if (!sequence)
    return makeSequence(std::vector<Value>(size_t(*count), call[0]), true);
  if (int64_t(sequence->elements.size()) == *count)
    return makeSequence(sequence->elements, true);
  return evaluator.fail(
      DiagnosticKind::WindowCount, call.places[0],
      {evaluator.text(call.places[0]), std::to_string(sequence->elements.size()), std::to_string(*count)});
}

} // namespace

const std::vector<Builtin> &shapeBuiltins() {
  static const std::vector<Builtin> table{
      {"shape(x: f32[...]) -> int[r]", shape, "The sizes of the axes, as a list."},
      {"reshape(x: f32[...], sizes: int[r]) -> f32[sizes]", reshape,
       "The same elements in row-major order. One of the sizes may be -1, which is what is left over; a list "
       "among them stands for as many."},
      {"expand(x: f32[...], size: int, axis: int = 0) -> f32[...]", expand,
       "A new axis of this size at this place, along which x repeats."},
      {"transpose(x: f32[...], axes: int[r] = [1, 0]) -> f32[...]", transpose,
       "Axis i of the result is axis `axes[i]` of x. Only of a matrix `axes` may be left out."},
      {"concat(parts, axis: int = -1) -> f32[...]", concat,
       "A list of tensors one behind the other along an axis that is not the batch; their other sizes are "
       "equal."},
      {"per_axis(x, count: int) -> int[count]", perAxis,
       "A number so many times, or a list that has as many as it is: `kernel: 3` and `kernel: (3, 5)`."},
      {"split(x: f32[...], parts: int, axis: int = -1) -> list", split,
       "Equal parts along an axis that is not the batch, as a tuple."}};
  return table;
}

} // namespace nn::sema
