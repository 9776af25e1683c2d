#include "compiler/sema/Judge.h"
#include "compiler/sema/data/ReadCall.h"
#include <cmath>

namespace nn::sema {

using typed::Op;

void judgeCall(Evaluator &evaluator, const DeclRef &function, const CallValues &arguments, Location where) {
  const std::string &name = function.decl->name.text;
  if (!function.home->isLibrary || (name != "softmax" && name != "log_softmax") || arguments.empty())
    return;
  // The library's own layers may be applied to one place: attention to a sequence of length 1.
  if (evaluator.program.reporter.isLibrary(where))
    return;
  auto *x = arguments[0].value.as<Tensor>();
  if (!x || x->owner->builder.typeOf(x->value).element != typed::Element::Float)
    return;
  const Shape &shape = x->owner->builder.shapeOf(x->value);
  if (!shape.empty() && shape.back() == typed::Dim{1, false})
    evaluator.error(DiagnosticKind::SoftmaxOfOne, where, {name})
        .label(arguments[0].where, "this is `" + toString(shape) + "`")
        .note("for two classes use two units, or one with `bce`");
}

namespace {

// A number, or the default of a hyperparameter that the run may set.
std::optional<double> optionOf(Evaluator &evaluator, const Value &value) {
  if (value.isNumber())
    return value.number();
  auto *tensor = value.as<Tensor>();
  if (!tensor)
    return std::nullopt;
  const typed::Graph &graph = tensor->owner->builder.graph;
  const typed::Node &node = graph.nodes[tensor->value.node];
  if (node.op != Op::Argument || graph.arguments[node.attributes.integer].role != "hyper")
    return std::nullopt;
  for (const typed::Hyper &hyper : evaluator.program.result.hypers)
    if (hyper.name == graph.arguments[node.attributes.integer].name)
      return hyper.value;
  return std::nullopt;
}

} // namespace

void judgeOptimizer(Evaluator &evaluator, const Instance &optimizer) {
  const std::string &name = optimizer.decl->name.text;
  for (const auto &[option, value] : optimizer.construction) {
    std::optional<double> known = optionOf(evaluator, value);
    if (!known)
      continue;
    double number = *known;
    if (option == "lr" && number == 0)
      evaluator.error(DiagnosticKind::ZeroRate, optimizer.where, {option, name});
    else if (option == "lr" && number < 0)
      evaluator.error(DiagnosticKind::NegativeRate, optimizer.where, {option, name, formatNumber(number)});
    else if ((option == "momentum" || option == "beta1" || option == "beta2") && (number < 0 || number >= 1))
      evaluator.error(DiagnosticKind::OptimizerOption, optimizer.where, {option, name, formatNumber(number)});
  }
}

namespace {

// Why no gradient passes: the operation's word in the language, or null where one does.
const char *blocks(Op op) {
  switch (op) {
  case Op::ArgMax:
    return "`argmax`";
  case Op::Compare:
    return "a comparison";
  case Op::Floor:
    return "`floor`";
  case Op::Sign:
    return "`sign`";
  case Op::StopGradient:
    return "`stop_gradient`";
  default:
    return nullptr;
  }
}

struct Flow {
  std::vector<bool> live; // nodes that a gradient comes to
  const char *blocking = nullptr;
  Location where; // of what blocks
};

Flow flowOf(const typed::Graph &graph, typed::Value objective) {
  Flow flow{std::vector<bool>(graph.nodes.size(), false), nullptr, {}};
  flow.live[objective.node] = true;
  for (size_t i = graph.nodes.size(); i-- > 0;) {
    const typed::Node &node = graph.nodes[i];
    if (!flow.live[i])
      continue;
    if (const char *word = blocks(node.op)) {
      flow.blocking = word;
      flow.where = node.where;
      continue;
    }
    for (size_t k = node.op == Op::Select; k < node.operands.size(); ++k) // a mask only chooses
      flow.live[node.operands[k].node] = true;
    if (node.op == Op::Select && !flow.blocking)
      flow.blocking = "a comparison", flow.where = node.where;
  }
  return flow;
}

} // namespace

std::vector<bool> gradientFlow(const typed::Graph &graph, typed::Value objective) {
  return flowOf(graph, objective).live;
}

bool judgeGradient(Evaluator &evaluator, typed::Value objective, const std::vector<typed::Value> &parameters,
                   Location where) {
  auto [live, blocking, blockingWhere] = flowOf(evaluator.builder().graph, objective);
  if (llvm::any_of(parameters, [&, &live = live](typed::Value parameter) { return live[parameter.node]; }))
    return true;
  auto builder = evaluator.error(DiagnosticKind::NoGradient, where, {blocking ? blocking : "the loss"});
  if (blocking && blockingWhere.isValid() && !evaluator.program.reporter.isLibrary(blockingWhere))
    builder.label(blockingWhere, "here");
  return false;
}

void judgeReach(Evaluator &evaluator, const std::set<std::string> &reached) {
  for (const Slot &slot : evaluator.program.slots)
    if (slot.role == "parameter" && evaluator.graph->current.count(slot.path) && !reached.count(slot.path))
      evaluator.error(DiagnosticKind::UnreachedParameter, slot.use, {slot.path});
}

namespace {

// Of a generated source; 0 where a file decides.
int64_t classesOf(const typed::Call &source) {
  static const std::pair<const char *, int64_t> known[] = {
      {"digits", 10}, {"moons", 2}, {"xor", 2}, {"spirals", 2}, {"blobs", 3}};
  const typed::CallArgument *given = argumentOf(source, "classes");
  for (auto &[name, count] : known)
    if (source.name == name)
      return given && given->number ? int64_t(*given->number) : count;
  return 0;
}

} // namespace

std::optional<int64_t> recordsOf(const std::optional<typed::Call> &source) {
  if (!source || classesOf(*source) == 0)
    return std::nullopt;
  const typed::CallArgument *count = argumentOf(*source, "count");
  return count && count->number ? std::optional(int64_t(*count->number)) : std::nullopt;
}

namespace {

// The first field of a generated source; the second is the class, a number.
Shape madeShape(const typed::Call &source) {
  if (source.name == "digits")
    return {{28, false}, {28, false}, {1, false}};
  return {{2, false}};
}

// Axes of length 1 make no difference to the runtime.
Shape withoutUnits(Shape shape) {
  llvm::erase_if(shape, [](const typed::Dim &dim) { return dim.size == 1; });
  return shape;
}

void judgeFields(Evaluator &evaluator, const typed::DataSet &data, const typed::Call &source,
                 Location where) {
  if (data.fields.empty())
    return;
  if (data.fields.size() != 2) {
    evaluator.error(DiagnosticKind::SourceFields, where, {source.name, std::to_string(data.fields.size())});
    return;
  }
  for (size_t i : {size_t(0), size_t(1)}) {
    const typed::Field &field = data.fields[i];
    Shape made = i == 0 ? madeShape(source) : Shape();
    if (withoutUnits(field.type.shape) != withoutUnits(made))
      evaluator.error(
          DiagnosticKind::SourceShape, evaluator.program.fieldPlaces[data.name + "." + field.name],
          {source.name, i == 0 ? "f32" + toString(made) : "class", field.name, toString(field.type)});
  }
}

} // namespace

void judgeSource(Evaluator &evaluator, const typed::DataSet &data, const typed::Call &source,
                 Location where) {
  if (classesOf(source) == 0)
    return;
  judgeFields(evaluator, data, source, where);
  auto records = recordsOf(source);
  if (records && *records < 1)
    evaluator.error(DiagnosticKind::EmptySource, where, {source.name, std::to_string(*records)});
  int64_t classes = classesOf(source);
  for (const typed::Field &field : data.fields)
    if (field.type.element == typed::Element::Label && field.type.classes != classes)
      evaluator.error(DiagnosticKind::SourceClasses, where,
                      {source.name, std::to_string(classes), field.name, std::to_string(field.type.classes)});
}

} // namespace nn::sema
