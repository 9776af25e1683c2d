// The last step is found in the graph of the step, so layers, functions, tuples and `let` hide nothing, and
// what only moves elements is passed.
#include "compiler/sema/LossInput.h"
#include <cmath>

namespace nn::sema {

using typed::Op;

namespace {

struct Activation {
  const char *name, *range;
  bool isProbability, hasBothSigns;
};

const Activation activations[] = {
    {"softmax", "0 to 1", true, false},          {"log_softmax", "at most 0", false, false},
    {"log(softmax)", "at most 0", false, false}, {"sigmoid", "0 to 1", true, false},
    {"hard_sigmoid", "0 to 1", true, false},     {"tanh", "-1 to 1", false, true},
    {"softsign", "-1 to 1", false, true},        {"relu", "never negative", false, false},
    {"softplus", "never negative", false, false}};

const Activation *findActivation(const std::string &name) {
  auto *found = llvm::find_if(activations, [&](const Activation &each) { return name == each.name; });
  return found == std::end(activations) ? nullptr : found;
}

enum class Takes { Reals, Probabilities, BothSigns };

// A parameter of a loss; `again` names the activations that the loss itself applies to it.
struct LossInput {
  const char *loss, *parameter;
  Takes takes;
  const char *words;
  std::vector<const char *> again;
};

constexpr const char *logits = "logits, any real numbers", *probabilities = "probabilities, 0 to 1";

const std::vector<LossInput> &lossInputs() {
  static const std::vector<const char *> softmaxes{"softmax", "log_softmax", "log(softmax)"};
  static const std::vector<LossInput> all{
      {"cross_entropy", "logits", Takes::Reals, logits, softmaxes},
      {"focal", "logits", Takes::Reals, logits, softmaxes},
      {"bce", "x", Takes::Reals, logits, {"sigmoid", "hard_sigmoid"}},
      {"bce", "y", Takes::Probabilities, probabilities, {}},
      {"kl_divergence", "logits", Takes::Reals, logits, softmaxes},
      {"kl_divergence", "target", Takes::Probabilities, probabilities, {}},
      {"entropy", "p", Takes::Probabilities, probabilities, {}},
      {"poisson", "log_rate", Takes::Reals, "the logarithm of a rate, any real number", {}},
      {"hinge", "x", Takes::BothSigns, "scores of both signs", {}}};
  return all;
}

bool accepts(Takes takes, const Activation &activation) {
  return (takes == Takes::Probabilities && activation.isProbability) ||
         (takes == Takes::BothSigns && activation.hasBothSigns);
}

// A number so small that it only keeps a logarithm finite: `log(softmax(x) + 1e-9)`.
bool isNegligible(const typed::Graph &graph, typed::Value value) {
  const typed::Node *node = &graph.nodes[value.node];
  if (node->op == Op::Broadcast)
    node = &graph.nodes[node->operands[0].node];
  return node->op == Op::Constant && std::abs(node->attributes.number) <= 1e-3;
}

typed::Value withoutGuard(const typed::Graph &graph, typed::Value value) {
  const typed::Node &node = graph.nodes[value.node];
  if (node.op == Op::Add || node.op == Op::Max)
    for (size_t i : {size_t(0), size_t(1)})
      if (isNegligible(graph, node.operands[1 - i]))
        return node.operands[i];
  return value;
}

// The value whose elements these are, at other places, if there is one.
std::optional<typed::Value> movedFrom(const typed::Graph &graph, typed::Value value) {
  const typed::Node &node = graph.nodes[value.node];
  switch (node.op) {
  case Op::Reshape:
  case Op::Transpose:
  case Op::Slice:
  case Op::Broadcast:
  case Op::StopGradient:
  case Op::Take:
    return node.operands[0];
  case Op::Scan: // the operands are the first states, the next states, and what is stacked
    return node.operands[size_t(node.attributes.axes[0]) + value.result];
  default:
    return std::nullopt;
  }
}

std::optional<End> endOf(GraphContext &context, typed::Value value, bool isPart = false);

// Of parts put together, the step that made them all. Parts of parts are not followed: they may be many.
std::optional<End> endOfParts(GraphContext &context, const typed::Node &concat) {
  auto first = endOf(context, concat.operands[0], true);
  for (size_t i = 1; first && i < concat.operands.size(); ++i)
    if (auto other = endOf(context, concat.operands[i], true); !other || other->step != first->step)
      return std::nullopt;
  return first;
}

std::optional<End> endOfLogarithm(GraphContext &context, const typed::Node &log, bool isPart) {
  const typed::Graph &graph = context.builder.graph;
  auto inner = endOf(context, withoutGuard(graph, log.operands[0]), isPart);
  if (!inner || inner->step != "softmax")
    return std::nullopt;
  inner->step = "log(softmax)";
  return inner;
}

// The step that made the value, with the outermost network that ends in it.
std::optional<End> endOf(GraphContext &context, typed::Value value, bool isPart) {
  const typed::Graph &graph = context.builder.graph;
  std::string network;
  std::optional<End> found;
  for (std::optional<typed::Value> at = value; at && !found; at = movedFrom(graph, *at)) {
    auto noted = context.ends.find({at->node, at->result});
    if (noted != context.ends.end() && network.empty())
      network = noted->second.network;
    const typed::Node &node = graph.nodes[at->node];
    if (noted != context.ends.end() && !noted->second.step.empty())
      found = noted->second;
    else if (node.op == Op::Log)
      found = endOfLogarithm(context, node, isPart);
    else if (node.op == Op::Concat && !isPart)
      found = endOfParts(context, node);
  }
  if (found && !network.empty())
    found->network = network;
  return found;
}

// How a message names what ends so: the network, or else the argument as it is written.
std::string nameOf(Evaluator &evaluator, const End &end, Location argument) {
  constexpr size_t longest = 40;
  if (!end.network.empty())
    return "network `" + end.network + "`";
  std::string text = evaluator.text(argument);
  bool isShort = !text.empty() && text.size() <= longest && text.find('\n') == std::string::npos;
  return isShort ? "`" + text + "`" : "the argument";
}

const CallValue *argumentFor(const ast::ModuleDecl &decl, const CallValues &arguments, llvm::StringRef name) {
  size_t position = 0;
  for (const CallValue &argument : arguments) {
    const std::string &given = argument.name.empty() ? decl.data[position].name.text : argument.name;
    position += argument.name.empty();
    if (name == given)
      return &argument;
  }
  return nullptr;
}

std::optional<End> endOf(Evaluator &evaluator, const CallValue &argument) {
  auto *tensor = argument.value.as<Tensor>();
  if (!tensor || tensor->owner != evaluator.graph)
    return std::nullopt;
  return endOf(*evaluator.graph, tensor->value);
}

void judgeDropout(Evaluator &evaluator, const CallValue &argument) {
  auto end = endOf(evaluator, argument);
  if (end && end->isDropout)
    evaluator.error(
        DiagnosticKind::DropoutAtOutput, end->where,
        {end->network.empty() ? "the input of a loss" : "network `" + end->network + "`", end->step});
}

// `bce(p, y, logits: false)` takes probabilities.
LossInput inputFor(const LossInput &input, const ast::ModuleDecl &decl, const CallValues &arguments) {
  const CallValue *flag = argumentFor(decl, arguments, "logits");
  if (flag && flag->value.as<bool>() && !*flag->value.as<bool>())
    return {input.loss, input.parameter, Takes::Probabilities, probabilities, {}};
  return input;
}

void judgeActivation(Evaluator &evaluator, const LossInput &input, const CallValue &argument) {
  auto end = endOf(evaluator, argument);
  const Activation *activation = end ? findActivation(end->step) : nullptr;
  if (!activation)
    return;
  std::string what = nameOf(evaluator, *end, argument.where);
  if (llvm::is_contained(input.again, end->step))
    evaluator.error(DiagnosticKind::RepeatedSoftmax, argument.where, {what, end->step, input.loss})
        .label(end->where, "applied here")
        .note(std::string("`") + input.loss + "` takes logits, the values before `" + end->step + "`");
  else if (!accepts(input.takes, *activation))
    evaluator
        .error(DiagnosticKind::ActivationRange, argument.where,
               {what, end->step, activation->range, input.loss, input.words})
        .label(end->where, "applied here");
}

} // namespace

void noteStep(Evaluator &evaluator, const std::string &name, const Value &result, Location where) {
  bool isDropout = llvm::StringRef(name).contains("Dropout");
  auto *tensor = result.as<Tensor>();
  if ((!isDropout && !findActivation(name)) || !tensor || tensor->owner != evaluator.graph ||
      !evaluator.graph->training)
    return;
  End &end = evaluator.graph->ends[{tensor->value.node, tensor->value.result}];
  if (end.step.empty())
    end = {name, end.network, evaluator.program.reporter.shown(where), isDropout};
}

void noteNetwork(Evaluator &evaluator, const std::string &name, const Value &result) {
  if (auto *list = result.sequence())
    for (const Value &element : list->elements)
      noteNetwork(evaluator, name, element);
  if (auto *tensor = result.as<Tensor>(); tensor && tensor->owner == evaluator.graph)
    evaluator.graph->ends[{tensor->value.node, tensor->value.result}].network = name;
}

void judgeLossInputs(Evaluator &evaluator, const Instance &loss, const CallValues &arguments) {
  if (!evaluator.graph->training)
    return;
  for (const CallValue &argument : arguments)
    judgeDropout(evaluator, argument);
  auto &decl = llvm::cast<ast::ModuleDecl>(*loss.decl);
  if (!loss.home->isLibrary)
    return;
  for (const LossInput &input : lossInputs())
    if (decl.name.text == input.loss)
      if (const CallValue *argument = argumentFor(decl, arguments, input.parameter))
        judgeActivation(evaluator, inputFor(input, decl, arguments), *argument);
}

} // namespace nn::sema
