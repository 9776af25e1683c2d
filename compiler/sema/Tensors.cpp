// Values as tensors of the graph being built.
#include "compiler/sema/Evaluator.h"

namespace nn::sema {

using typed::Element;
using typed::Op;

namespace {

// Copies a value that hyperparameters alone decide into another graph.
std::optional<typed::Value> copy(const GraphBuilder &from, typed::Value value, GraphBuilder &into) {
  const typed::Node &node = from.graph.nodes[value.node];
  if (node.op == Op::Argument) {
    const typed::Port &port = from.graph.arguments[node.attributes.integer];
    if (port.role != "hyper")
      return std::nullopt;
    return into.argument(port.role, port.name, port.type);
  }
  std::vector<typed::Value> operands;
  for (typed::Value operand : node.operands) {
    auto copied = copy(from, operand, into);
    if (!copied)
      return std::nullopt;
    operands.push_back(*copied);
  }
  return into.repeat(node, operands, value.result);
}

} // namespace

std::optional<typed::Value> Evaluator::use(const Tensor &tensor, Location where) {
  if (tensor.owner == graph)
    return tensor.value;
  if (auto copied = copy(tensor.owner->builder, tensor.value, builder()))
    return copied;
  error(DiagnosticKind::WrongInitializer, where, {text(where)});
  return std::nullopt;
}

std::optional<typed::Value> Evaluator::asTensor(const Value &value, Location where) {
  if (value.isPoison())
    return std::nullopt;
  if (auto *tensor = value.as<Tensor>())
    return use(*tensor, where);
  if (value.isNumber())
    return builder().constant(value.number());
  if (auto *flag = value.as<bool>())
    return builder().constant(*flag, Element::Mask);
  if (auto *size = value.as<BatchSize>())
    return builder().extent(size->factor);
  if (auto *list = value.sequence(); list && !list->isTuple && !list->elements.empty())
    return stack(*list, where);
  error(DiagnosticKind::TypeMismatch, where, {describe(value), "a tensor"});
  return std::nullopt;
}

// `[1, 2, 0.5]` is an `f32[3]`, a list of such is a matrix.
std::optional<typed::Value> Evaluator::stack(const Sequence &list, Location where) {
  std::vector<typed::Value> rows;
  for (const Value &element : list.elements) {
    auto x = asFloat(element, where);
    if (!x)
      return std::nullopt;
    Shape shape = builder().shapeOf(*x);
    if (!rows.empty() && without(builder().shapeOf(rows[0]), {0}) != shape) {
      error(DiagnosticKind::TypeMismatch, where, {"a list of unequal parts", "parts of one shape"});
      return std::nullopt;
    }
    shape.insert(shape.begin(), {1, false});
    rows.push_back(builder().reshape(*x, shape));
  }
  Shape total = builder().shapeOf(rows[0]);
  total[0].size = int64_t(rows.size());
  if (!checkElements(total, where))
    return std::nullopt;
  return rows.size() == 1 ? rows[0] : builder().concat(rows, 0);
}

std::optional<typed::Value> Evaluator::asFloat(const Value &value, Location where) {
  if (value.as<bool>()) {
    error(DiagnosticKind::TypeMismatch, where, {describe(value), "a number or a tensor"});
    return std::nullopt;
  }
  auto x = asTensor(value, where);
  if (!x || typeOf(*x).element == Element::Float)
    return x;
  if (typeOf(*x).element == Element::Label) {
    error(DiagnosticKind::TypeMismatch, where, {describe(value), "numbers"})
        .note("`one_hot(label)` makes numbers of classes");
    return std::nullopt;
  }
  return builder().cast(*x, Element::Float);
}

bool Evaluator::checkElements(const Shape &shape, Location where) {
  if (product(shape))
    return true;
  error(DiagnosticKind::TensorTooLarge, where, {toString(shape)});
  return false;
}

std::optional<int64_t> Evaluator::asAxis(const Value *value, size_t rank, int64_t fallback, Location where) {
  auto axis = value ? asInt(*value, where, "an axis") : std::optional(fallback);
  if (!axis)
    return std::nullopt;
  int64_t place = *axis < 0 ? *axis + int64_t(rank) : *axis;
  if (place >= 0 && place < int64_t(rank))
    return place;
  error(DiagnosticKind::BadAxis, where, {std::to_string(*axis), std::to_string(rank)});
  return std::nullopt;
}

std::optional<std::vector<int64_t>> Evaluator::asAxes(const Value *value, size_t rank, Location where) {
  if (!value)
    return allAxes(rank);
  std::vector<Value> elements{*value};
  if (auto *sequence = value->sequence())
    elements = sequence->elements;
  std::set<int64_t> axes;
  for (const Value &element : elements) {
    auto axis = asAxis(&element, rank, 0, where);
    if (!axis)
      return std::nullopt;
    axes.insert(*axis);
  }
  return std::vector<int64_t>(axes.begin(), axes.end());
}

} // namespace nn::sema
