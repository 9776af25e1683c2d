// Values that must be known when compiling.
#include "compiler/sema/Evaluator.h"
#include <cmath>

namespace nn::sema {

using typed::Op;

namespace {

std::optional<double> foldUnary(Op op, double x) {
  switch (op) {
  case Op::Neg:
    return -x;
  case Op::Exp:
    return std::exp(x);
  case Op::Log:
    return std::log(x);
  case Op::Sqrt:
    return std::sqrt(x);
  case Op::Rsqrt:
    return 1 / std::sqrt(x);
  case Op::Tanh:
    return std::tanh(x);
  case Op::Sin:
    return std::sin(x);
  case Op::Cos:
    return std::cos(x);
  case Op::Erf:
    return std::erf(x);
  case Op::Abs:
    return std::abs(x);
  case Op::Sign:
    return double((x > 0) - (x < 0));
  case Op::Floor:
    return std::floor(x);
  case Op::Cast:
  case Op::StopGradient:
    return x;
  default:
    return std::nullopt;
  }
}

std::optional<double> foldBinary(const typed::Node &node, double x, double y) {
  const std::string &predicate = node.attributes.text;
  switch (node.op) {
  case Op::Add:
    return x + y;
  case Op::Sub:
    return x - y;
  case Op::Mul:
    return x * y;
  case Op::Div:
    return x / y;
  case Op::Max:
    return std::max(x, y);
  case Op::Min:
    return std::min(x, y);
  case Op::Pow:
    return std::pow(x, y);
  case Op::And:
    return double(x != 0 && y != 0);
  case Op::Or:
    return double(x != 0 || y != 0);
  case Op::Xor:
    return double((x != 0) != (y != 0));
  case Op::Compare:
    return double(predicate == "lt"   ? x < y
                  : predicate == "le" ? x <= y
                  : predicate == "gt" ? x > y
                  : predicate == "ge" ? x >= y
                  : predicate == "eq" ? x == y
                                      : x != y);
  default:
    return std::nullopt;
  }
}

// Numbers of all nodes that the value needs, or nothing if one depends on data or weights.
std::optional<double> foldNode(Program &program, const typed::Graph &graph, typed::Value value,
                               std::map<uint32_t, double> &known, std::set<std::string> &hypers) {
  auto entry = known.find(value.node);
  if (entry != known.end())
    return entry->second;
  const typed::Node &node = graph.nodes[value.node];
  std::optional<double> result;
  if (node.op == Op::Constant) {
    result = node.attributes.number;
  } else if (node.op == Op::Argument && graph.arguments[node.attributes.integer].role == "hyper") {
    const std::string &name = graph.arguments[node.attributes.integer].name;
    hypers.insert(name);
    for (const typed::Hyper &hyper : program.result.hypers)
      if (hyper.name == name)
        result = hyper.value;
  } else if (node.types[0].shape.empty() && (node.operands.size() == 1 || node.operands.size() == 2)) {
    std::vector<double> operands;
    for (typed::Value operand : node.operands)
      if (auto number = foldNode(program, graph, operand, known, hypers))
        operands.push_back(*number);
    if (operands.size() == node.operands.size())
      result =
          operands.size() == 1 ? foldUnary(node.op, operands[0]) : foldBinary(node, operands[0], operands[1]);
  }
  if (result)
    known[value.node] = *result;
  return result;
}

} // namespace

std::optional<double> Evaluator::fold(const Tensor &tensor) {
  std::map<uint32_t, double> known;
  std::set<std::string> hypers;
  auto result = foldNode(program, tensor.owner->builder.graph, tensor.value, known, hypers);
  if (result)
    program.found.compiledHypers.insert(hypers.begin(), hypers.end());
  return result;
}

std::optional<double> Evaluator::asNumber(const Value &value, Location where, const std::string &what) {
  if (value.isPoison())
    return std::nullopt;
  if (value.isNumber())
    return value.number();
  if (auto *tensor = value.as<Tensor>()) {
    if (auto number = fold(*tensor))
      return number;
    error(DiagnosticKind::NotKnownWhenCompiling, where, {what});
    return std::nullopt;
  }
  error(DiagnosticKind::NotANumber, where, {describe(value), "a number for " + what});
  return std::nullopt;
}

std::optional<int64_t> Evaluator::asInt(const Value &value, Location where, const std::string &what) {
  if (auto *whole = value.as<int64_t>())
    return *whole;
  if (auto *size = value.as<BatchSize>()) {
    error(DiagnosticKind::SizeOfBatch, where, {what + ", here " + describe(*size) + ","});
    return std::nullopt;
  }
  auto number = asNumber(value, where, what);
  if (!number)
    return std::nullopt;
  if (*number == std::floor(*number) && std::abs(*number) < 9e15)
    return int64_t(*number);
  auto builder = error(DiagnosticKind::NotWhole, where, {what, formatNumber(*number)});
  builder.note("`floor` and `ceil` make a whole number of it");
  labelOddSize(builder, *number, where);
  return std::nullopt;
}

std::optional<bool> Evaluator::asBool(const Value &value, Location where, const std::string &what) {
  if (value.isPoison())
    return std::nullopt;
  if (auto *known = value.as<bool>())
    return *known;
  auto *tensor = value.as<Tensor>();
  if (tensor && tensor->owner->builder.typeOf(tensor->value).element == typed::Element::Mask) {
    if (auto number = fold(*tensor))
      return *number != 0;
    error(DiagnosticKind::ConditionNotKnown, where, {what})
        .note("`where(mask, a, b)` chooses for each element");
    return std::nullopt;
  }
  error(DiagnosticKind::NotABool, where, {describe(value), what});
  return std::nullopt;
}

std::optional<typed::Dim> Evaluator::asSize(const Value &value, Location where, const std::string &what) {
  if (auto *size = value.as<BatchSize>())
    return typed::Dim{size->factor, true};
  auto number = asInt(value, where, what);
  if (!number)
    return std::nullopt;
  if (*number >= 1)
    return typed::Dim{*number, false};
  auto builder = error(DiagnosticKind::BadSize, where, {what, std::to_string(*number)});
  labelOddSize(builder, double(*number), where);
  return std::nullopt;
}

std::optional<std::vector<int64_t>> Evaluator::asInts(const Value &value, Location where,
                                                      const std::string &what) {
  std::vector<int64_t> numbers;
  std::vector<Value> elements{value};
  if (auto *sequence = value.sequence())
    elements = sequence->elements;
  for (const Value &element : elements) {
    auto number = asInt(element, where, what);
    if (!number)
      return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

} // namespace nn::sema
