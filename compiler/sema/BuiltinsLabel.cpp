// Functions of class labels.
#include "compiler/sema/Evaluator.h"

namespace nn::sema {

using typed::Element;
using typed::Op;

namespace {

std::optional<typed::Value> labelOf(Evaluator &evaluator, const Value &value, Location where) {
  auto *tensor = value.as<Tensor>();
  if (tensor && tensor->owner->builder.typeOf(tensor->value).element == Element::Label)
    return evaluator.use(*tensor, where);
  if (!value.isPoison())
    evaluator.error(DiagnosticKind::NotAClass, where, {describe(value), "a class"});
  return std::nullopt;
}

Value oneHot(Evaluator &evaluator, const BuiltinCall &call) {
  auto label = labelOf(evaluator, call[0], call.places[0]);
  if (!label)
    return Poison();
  GraphBuilder &builder = evaluator.builder();
  typed::Value mask = builder.oneHot(*label, builder.typeOf(*label).classes);
  return evaluator.tensor(builder.cast(mask, Element::Float));
}

// The mask of the label and the values it chooses from: `x` is [..., k], the label class(k)[...].
std::optional<std::pair<typed::Value, typed::Value>> choose(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asFloat(call[0], call.places[0]);
  auto label = labelOf(evaluator, call[1], call.places[1]);
  if (!x || !label)
    return std::nullopt;
  GraphBuilder &builder = evaluator.builder();
  typed::TensorType type = builder.typeOf(*label);
  Shape expected = type.shape;
  expected.push_back({type.classes, false});
  if (builder.shapeOf(*x) != expected) {
    evaluator
        .error(DiagnosticKind::LabelMismatch, call.places[0],
               {"the first value of `" + std::string(call.builtin.name) + "`", toString(builder.typeOf(*x)),
                "f32" + toString(expected)})
        .label(call.places[1], "because this is `" + toString(type) + "`");
    return std::nullopt;
  }
  return std::pair(builder.oneHot(*label, type.classes), *x);
}

// The value at the label. A choice, not a product with 0 and 1: an infinity elsewhere does not matter.
typed::Value pickValue(GraphBuilder &builder, typed::Value mask, typed::Value x) {
  typed::Value zero = builder.broadcast(builder.constant(0), builder.shapeOf(x));
  return builder.reduce("sum", builder.select(mask, x, zero), {int64_t(builder.shapeOf(x).size()) - 1});
}

Value pick(Evaluator &evaluator, const BuiltinCall &call) {
  auto chosen = choose(evaluator, call);
  return chosen ? evaluator.tensor(pickValue(evaluator.builder(), chosen->first, chosen->second))
                : Value(Poison());
}

// How many values come before the label's: the larger ones and, as for `argmax`, the equal ones of smaller
// classes. What is behind is counted, so that no value comes before all others by being no number.
Value rank(Evaluator &evaluator, const BuiltinCall &call) {
  auto chosen = choose(evaluator, call);
  if (!chosen)
    return Poison();
  GraphBuilder &builder = evaluator.builder();
  auto [mask, x] = *chosen;
  const Shape shape = builder.shapeOf(x);
  int64_t last = int64_t(shape.size()) - 1;
  typed::Value classes = builder.broadcast(builder.iota(shape[last].size), shape);
  auto ofLabel = [&](typed::Value values) {
    return builder.broadcast(pickValue(builder, mask, values), shape, allAxes(size_t(last)));
  };
  typed::Value own = ofLabel(x);
  typed::Value isTied = builder.binary(Op::And, builder.compare("eq", x, own),
                                       builder.compare("ge", classes, ofLabel(classes)));
  typed::Value isBehind = builder.binary(Op::Or, builder.compare("lt", x, own), isTied);
  typed::Value behind = builder.reduce("sum", builder.cast(isBehind, Element::Float), {last});
  typed::Value all = builder.broadcast(builder.constant(double(shape[last].size)), builder.shapeOf(behind));
  return evaluator.tensor(builder.binary(Op::Sub, all, behind));
}

// Rows of a table [k, …] by labels class(k)[…].
Value gather(Evaluator &evaluator, const BuiltinCall &call) {
  auto table = evaluator.asFloat(call[0], call.places[0]);
  auto label = labelOf(evaluator, call[1], call.places[1]);
  if (!table || !label)
    return Poison();
  GraphBuilder &builder = evaluator.builder();
  Shape rows = builder.shapeOf(*table);
  typed::TensorType type = builder.typeOf(*label);
  bool isStatic = llvm::none_of(rows, [](const typed::Dim &dim) { return dim.batch; });
  if (rows.empty() || !isStatic || rows[0].size != type.classes) {
    evaluator
        .error(DiagnosticKind::ShapeMismatch, call.places[0],
               {"the table of `gather`", toString(builder.typeOf(*table)),
                "f32[" + std::to_string(type.classes) + ", …]"})
        .label(call.places[1], "because this is `" + toString(type) + "`");
    return Poison();
  }
  Shape result = type.shape;
  result.insert(result.end(), rows.begin() + 1, rows.end());
  if (!evaluator.checkElements(result, call.where))
    return Poison();
  return evaluator.tensor(builder.gather(*table, *label));
}

// The chance that a positive record's score is above that of another; of the whole split.
Value rankArea(Evaluator &evaluator, const BuiltinCall &call) {
  auto score = evaluator.asFloat(call[0], call.places[0]);
  auto positive = evaluator.asFloat(call[1], call.places[1]);
  if (!score || !positive)
    return Poison();
  GraphBuilder &builder = evaluator.builder();
  const Shape &shape = builder.shapeOf(*score);
  if (shape.empty() || !shape[0].batch || shape != builder.shapeOf(*positive))
    return evaluator.fail(
        DiagnosticKind::ShapesDoNotFit, call.where,
        {"rank_area", toString(builder.typeOf(*score)), toString(builder.typeOf(*positive))});
  return evaluator.tensor(builder.rankArea(*score, *positive));
}

} // namespace

const std::vector<Builtin> &labelBuiltins() {
  static const std::vector<Builtin> table{
      {"one_hot(label: class(k)[...]) -> f32[..., k]", oneHot, "1 at the label, 0 elsewhere."},
      {"gather(table: f32[k, ...], label: class(k)[...]) -> f32[...]", gather,
       "A row of the table for each label: of `f32[k, n]` by `class(k)[b, t]` comes `f32[b, t, n]`. Its "
       "gradient adds in the order of the labels."},
      {"pick(x: f32[..., k], label: class(k)[...]) -> f32[...]", pick, "The value at the label."},
      {"rank(x: f32[..., k], label: class(k)[...]) -> f32[...]", rank,
       "How many values are larger than the label's: 0 where it is the best."},
      {"rank_area(score: f32[b, ...], positive: f32[b, ...]) -> f32", rankArea,
       "The chance that a place with `positive` 1 has a higher score than one with 0; equal scores count "
       "half. For `measure` alone."}};
  return table;
}

} // namespace nn::sema
