// Where the sizes in a message come from: the layer, network or field that made a tensor, and the names that
// a size was computed from.
#include "compiler/ast/Walk.h"
#include "compiler/sema/Evaluator.h"
#include <cmath>

namespace nn::sema {

using typed::Op;

namespace {

bool overlap(Location a, Location b) { return a.file == b.file && a.begin < b.end && b.begin < a.end; }

// The operand whose shape an elementwise operation keeps.
std::optional<typed::Value> shapeGiver(const typed::Graph &graph, const typed::Node &node) {
  bool isElementwise = (node.op >= Op::Neg && node.op <= Op::Cast) || node.op == Op::StopGradient;
  for (typed::Value operand : node.operands) {
    Op op = graph.nodes[operand.node].op;
    if (isElementwise && op != Op::Broadcast && op != Op::Constant)
      return operand;
  }
  return std::nullopt;
}

} // namespace

void Evaluator::noteMade(const Value &result, Location where) {
  if (auto *list = result.sequence())
    for (const Value &element : list->elements)
      noteMade(element, where);
  auto *tensor = result.as<Tensor>();
  Location shown = program.reporter.shown(where);
  if (tensor && tensor->owner == graph && shown.isValid() && !program.reporter.isLibrary(shown))
    graph->made[{tensor->value.node, tensor->value.result}] = shown;
}

std::optional<Location> Evaluator::originOf(typed::Value x) const {
  // Every argument of a call is asked for its origin, and what is far away explains little.
  constexpr int longest = 32;
  const typed::Graph &nodes = graph->builder.graph;
  std::optional<typed::Value> at = x;
  for (int i = 0; at && i < longest; ++i, at = shapeGiver(nodes, nodes.nodes[at->node])) {
    auto made = graph->made.find({at->node, at->result});
    if (made != graph->made.end())
      return made->second;
  }
  return std::nullopt;
}

void Evaluator::labelOrigin(DiagnosticBuilder &builder, typed::Value x, Location shown) {
  auto origin = originOf(x);
  if (origin && !overlap(*origin, shown))
    builder.label(*origin, "`" + toString(this->builder().shapeOf(x)) + "` from here");
}

// What the user gave, before the declaration that took it.
Location Evaluator::placeOf(const Variable &variable) const {
  bool isGiven = variable.given.isValid() && !program.reporter.isLibrary(variable.given);
  return isGiven ? variable.given : variable.where;
}

void Evaluator::labelName(DiagnosticBuilder &builder, const std::string &name, Location shown) {
  const Variable *variable = scope->find(name);
  Location place = variable ? placeOf(*variable) : Location();
  bool isNews =
      place.isValid() && !program.reporter.isLibrary(place) && !overlap(place, program.reporter.shown(shown));
  if (isNews && variable->value.isNumber())
    builder.label(place, "`" + name + "` is " + formatNumber(variable->value.number()) + " from here");
}

void Evaluator::noteOddSize(const ast::Expr &expr, const Value &value) {
  auto *whole = value.as<int64_t>();
  auto *real = value.as<double>();
  bool isOdd = whole ? *whole < 1 : real && (*real < 1 || *real != std::floor(*real));
  if (!isOdd)
    return;
  OddSize odd{expr.where, {}};
  std::set<std::string> seen;
  ast::walk(expr, [&](const ast::Expr &each) {
    auto *name = llvm::dyn_cast<ast::NameExpr>(&each);
    if (!name || !seen.insert(name->name).second)
      return;
    const DeclRef *hyper = frame->home->find(name->name, NameKind::Hyper);
    if (const Variable *variable = scope->find(name->name)) {
      if (auto *size = variable->value.as<int64_t>())
        odd.names.push_back({name->name, *size, placeOf(*variable)});
    } else if (auto known = hyper ? program.hypers.find(hyper->decl) : program.hypers.end();
               known != program.hypers.end()) {
      const typed::Hyper &given = program.result.hypers[known->second];
      if (given.type == typed::HyperType::Int)
        odd.names.push_back({given.name, int64_t(given.value), hyper->decl->name.where});
    }
  });
  if (!odd.names.empty())
    oddSizes[value.number()] = std::move(odd);
}

void Evaluator::labelOddSize(DiagnosticBuilder &builder, double number, Location shown) {
  auto entry = oddSizes.find(number);
  if (entry == oddSizes.end())
    return;
  const OddSize &odd = entry->second;
  if (!overlap(odd.where, shown))
    builder.label(odd.where, "`" + text(odd.where) + "` is " + formatNumber(number));
  for (const OddSize::Name &name : odd.names)
    builder.label(name.where, "`" + name.text + "` is " + std::to_string(name.size) + " from here");
}

} // namespace nn::sema
