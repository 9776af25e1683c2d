#include "compiler/sema/Optimize.h"
#include "compiler/sema/Judge.h"

namespace nn::sema {

using typed::Op;

namespace {

const char *const scheduleWords[] = {"step", "steps", "epoch", "epochs"};

bool isScheduleWord(const std::string &name) { return llvm::is_contained(scheduleWords, name); }

// `with Adam(cosine(rate))`: what the schedule needs is filled in, and may be named.
std::optional<OptimizerChain> readOptimizer(Evaluator &evaluator, const ast::Expr &expr) {
  Restore restore(evaluator);
  Scope words;
  words.parent = evaluator.scope;
  evaluator.scope = &words;
  for (const char *word : scheduleWords) {
    Value value = evaluator.tensor(evaluator.schedule(word));
    evaluator.implicitArguments[word] = value;
    words.variables[word] = {value, expr.where, false, ""};
  }
  Value value = evaluator.evaluate(expr, NameKind::Optimizer);
  evaluator.implicitArguments.clear();
  if (auto *ref = value.as<DeclRef>(); ref && llvm::isa<ast::OptimizerDecl>(ref->decl))
    value = evaluator.build(*ref, {}, expr.where, "");
  if (auto *chain = value.as<OptimizerChain>())
    return *chain;
  if (!value.isPoison())
    evaluator.error(DiagnosticKind::NotAnOptimizer, expr.where, {describe(value), "an optimizer"});
  return std::nullopt;
}

// Parameters of one statement that share an optimizer.
struct Group {
  const ast::ParameterGroup *text;
  OptimizerChain chain;
  std::vector<std::string> paths; // of the optimizers' states, a path a link
  std::set<std::string> named;    // parameters behind `over`
  bool isUsed = false;
};

// The parameters after `over`: of networks with those they apply, or of parts of them. `given` are the paths
// of all groups.
bool readOver(Evaluator &evaluator, Group &group, std::map<std::string, Location> &given) {
  for (const ast::ExprPtr &expr : group.text->over) {
    Value value = evaluator.evaluate(*expr, NameKind::Network);
    auto *part = value.as<NetworkPart>();
    if (!part && !isModule(value.decl(), ast::ModuleKind::Network)) {
      if (!value.isPoison())
        evaluator.error(DiagnosticKind::NotANetwork, expr->where, {describe(value), "a network"});
      return false;
    }
    std::string path = part ? part->path : value.decl()->name.text;
    auto [entry, isNew] = given.try_emplace(path, expr->where);
    if (!isNew) {
      evaluator.error(DiagnosticKind::DuplicateArgument, expr->where, {path})
          .label(entry->second, "first given here");
      return false;
    }
    std::vector<const Slot *> parameters = evaluator.program.parametersOf(path);
    if (part && parameters.empty()) {
      evaluator.program.reportNoPart(path, expr->where);
      return false;
    }
    for (const Slot *slot : parameters)
      group.named.insert(slot->path);
  }
  return true;
}

// Paths of the optimizers' states; the second of one name in a training gets a number.
std::vector<std::string> chainPaths(const OptimizerChain &chain, Parent &names) {
  std::vector<std::string> paths;
  for (const auto &link : chain.links)
    paths.push_back(names.named(link->decl->name.text));
  return paths;
}

std::optional<std::vector<Group>> readGroups(Evaluator &evaluator, const ast::MinimizeStmt &stmt,
                                             Parent &names) {
  std::vector<Group> groups;
  std::map<std::string, Location> given;
  const ast::ParameterGroup *rest = nullptr;
  for (const ast::ParameterGroup &text : stmt.groups) {
    auto chain = readOptimizer(evaluator, *text.optimizer);
    if (!chain)
      return std::nullopt;
    if (text.over.empty() && rest) {
      evaluator.error(DiagnosticKind::DuplicateArgument, text.optimizer->where, {"with"})
          .label(rest->optimizer->where, "has all parameters that no `over` names")
          .note("a second `with` needs an `over` before it");
      return std::nullopt;
    }
    rest = text.over.empty() ? &text : rest;
    groups.push_back({&text, *chain, chainPaths(*chain, names), {}});
    if (!readOver(evaluator, groups.back(), given))
      return std::nullopt;
  }
  return groups;
}

struct Chosen {
  Slot slot; // a copy: optimizer states are added while parameters are walked
  Group *group;
  typed::Value weight;
};

// What the objective depends on, each with the first group that names it, else with the one without `over`.
std::vector<Chosen> chooseParameters(Evaluator &evaluator, std::vector<Group> &groups,
                                     typed::Value objective) {
  std::vector<bool> needed = evaluator.builder().reachable({objective});
  std::vector<Chosen> chosen;
  for (const Slot &slot : evaluator.program.slots) {
    auto current = evaluator.graph->current.find(slot.path);
    if (slot.role != "parameter" || current == evaluator.graph->current.end() ||
        !needed[current->second.node])
      continue;
    auto group = llvm::find_if(groups, [&](const Group &each) { return each.named.count(slot.path); });
    if (group == groups.end())
      group = llvm::find_if(groups, [](const Group &each) { return each.text->over.empty(); });
    if (group == groups.end())
      continue;
    group->isUsed = true;
    chosen.push_back({slot, &*group, current->second});
  }
  return chosen;
}

// One optimizer of a chain on one parameter.
class Update {
public:
  Update(Evaluator &evaluator, const Instance &optimizer, const std::string &path, Value norm)
      : evaluator(evaluator), optimizer(optimizer), decl(llvm::cast<ast::OptimizerDecl>(*optimizer.decl)),
        path(path), norm(std::move(norm)) {}

  // New weight and gradient; false after an error.
  bool run(typed::Value &weight, typed::Value &gradient);

private:
  bool bindData(Scope &locals, typed::Value weight, typed::Value gradient);
  bool readBack(Scope &locals, const char *name, typed::Value &into);

  Evaluator &evaluator;
  const Instance &optimizer;
  const ast::OptimizerDecl &decl;
  const std::string &path; // of its states, `classify.Adam`
  Value norm;
};

// `w`, `g` and the words of the schedule, by name.
bool Update::bindData(Scope &locals, typed::Value weight, typed::Value gradient) {
  for (const ast::Parameter &parameter : decl.data) {
    const std::string &name = parameter.name.text;
    Variable variable{Poison(), parameter.name.where, false, ""};
    if (name == "w" || name == "g") {
      variable.value = evaluator.tensor(name == "w" ? weight : gradient);
      variable.assignable = true;
    } else if (isScheduleWord(name)) {
      variable.value = evaluator.tensor(evaluator.schedule(name));
    } else {
      evaluator.unknownName("parameter of an optimizer", name, parameter.name.where,
                            {"w", "g", "step", "steps", "epoch", "epochs"});
      return false;
    }
    locals.variables[name] = variable;
  }
  return true;
}

bool Update::readBack(Scope &locals, const char *name, typed::Value &into) {
  auto variable = locals.variables.find(name);
  if (variable == locals.variables.end())
    return true;
  Location where = variable->second.where;
  auto value =
      variable->second.value.isPoison() ? std::nullopt : evaluator.asFloat(variable->second.value, where);
  if (!value)
    return false;
  const Shape &shape = evaluator.builder().shapeOf(into);
  if (evaluator.builder().shapeOf(*value) != shape) {
    evaluator.error(
        DiagnosticKind::UpdateShape, where,
        {"`" + std::string(name) + "`", toString(evaluator.typeOf(*value)), "f32" + toString(shape)});
    return false;
  }
  into = *value;
  return true;
}

bool Update::run(typed::Value &weight, typed::Value &gradient) {
  evaluator.program.reporter.calls.push_back({decl.name.text, optimizer.where});
  Restore restore(evaluator);
  Parent parent;
  parent.path = path;
  Frame body{optimizer.home, &parent, std::nullopt, std::nullopt, true};
  Scope locals;
  evaluator.frame = &body;
  evaluator.scope = &locals;
  for (const auto &[name, value] : optimizer.construction)
    locals.variables[name] = {value, optimizer.where, false, ""};
  locals.variables["global_norm"] = {norm, optimizer.where, false, ""};

  bool good = bindData(locals, weight, gradient);
  if (good) {
    Value value = evaluator.evaluateStatements(decl.body);
    good = !value.isPoison() && readBack(locals, "w", weight) && readBack(locals, "g", gradient);
    if (good && !value.isNothing())
      evaluator.error(DiagnosticKind::UnusedResult, decl.body.statements.back()->where, {"this value"});
  }
  evaluator.program.reporter.calls.pop_back();
  return good;
}

// sqrt of the sum of all squares.
Value globalNorm(Evaluator &evaluator, const std::vector<typed::Value> &gradients) {
  GraphBuilder &builder = evaluator.builder();
  typed::Value total = builder.constant(0);
  for (typed::Value gradient : gradients) {
    typed::Value square = builder.binary(Op::Mul, gradient, gradient);
    total = builder.binary(Op::Add, total,
                           builder.reduce("sum", square, allAxes(builder.shapeOf(gradient).size())));
  }
  return evaluator.tensor(builder.unary(Op::Sqrt, total));
}

// What a later statement sees: the new weights as they are, not as functions of this step, and networks
// computed with them.
void settle(GraphContext &graph, const std::vector<Chosen> &chosen) {
  std::vector<bool> old(graph.builder.graph.nodes.size(), false);
  for (const Chosen &each : chosen) {
    old[each.weight.node] = true;
    typed::Value &current = graph.current[each.slot.path];
    current = graph.builder.stopGradient(current);
  }
  for (size_t i = 0; i < old.size(); ++i)
    for (typed::Value operand : graph.builder.graph.nodes[i].operands)
      old[i] = old[i] || old[operand.node];
  auto isOld = [&](auto &self, const Value &value) -> bool {
    if (auto *sequence = value.sequence())
      return llvm::any_of(sequence->elements, [&](const Value &element) { return self(self, element); });
    auto *tensor = value.as<Tensor>();
    return tensor && tensor->owner == &graph && tensor->value.node < old.size() && old[tensor->value.node];
  };
  for (auto entry = graph.applied.begin(); entry != graph.applied.end();)
    entry = isOld(isOld, entry->second) ? graph.applied.erase(entry) : std::next(entry);
}

// New nodes update parameters, until it is gone.
class UpdateNodes {
public:
  explicit UpdateNodes(GraphBuilder &builder) : builder(builder) {}
  ~UpdateNodes() { builder.updated.reset(); }
  void of(const std::string &parameter) { builder.updated = parameter.substr(0, parameter.rfind('.')); }
  void ofSeveral() { builder.updated = ""; }

private:
  GraphBuilder &builder;
};

// The links of all groups side by side, the first of each first.
bool update(Evaluator &evaluator, const std::vector<Chosen> &chosen, typed::Value objective) {
  std::vector<typed::Value> weights;
  size_t links = 0;
  for (const Chosen &each : chosen) {
    weights.push_back(each.weight);
    links = std::max(links, each.group->chain.links.size());
  }
  std::vector<typed::Value> gradients = evaluator.builder().gradient(objective, weights);
  UpdateNodes nodes(evaluator.builder());
  for (size_t link = 0; link < links; ++link) {
    nodes.ofSeveral();
    // Of the gradients as they arrive here, so that `decay(k) |> clip_norm(1)` clips what it says.
    Value norm = globalNorm(evaluator, gradients);
    for (size_t i = 0; i < chosen.size(); ++i) {
      const Group &group = *chosen[i].group;
      evaluator.optimized = chosen[i].slot.path;
      nodes.of(chosen[i].slot.path);
      if (link < group.chain.links.size() &&
          !Update(evaluator, *group.chain.links[link], group.paths[link], norm).run(weights[i], gradients[i]))
        return false;
    }
  }
  for (size_t i = 0; i < chosen.size(); ++i) {
    if (weights[i] == chosen[i].weight) {
      evaluator.error(DiagnosticKind::NoUpdate, chosen[i].group->text->optimizer->where,
                      {chosen[i].group->chain.links.back()->decl->name.text});
      return false;
    }
    evaluator.graph->current[chosen[i].slot.path] = weights[i];
  }
  return true;
}

// Parameters to which the gradient of the objective comes, whichever statement changes them.
void noteReached(Evaluator &evaluator, typed::Value objective) {
  GraphContext &graph = *evaluator.graph;
  std::vector<bool> live = gradientFlow(graph.builder.graph, objective);
  for (const Slot &slot : evaluator.program.slots)
    if (auto current = graph.current.find(slot.path);
        slot.role == "parameter" && current != graph.current.end() && live[current->second.node])
      graph.reached.insert(slot.path);
}

// Of a group that has no parameter: the loss may depend on none of them, or another group has them.
void reportUnused(Evaluator &evaluator, const ast::MinimizeStmt &stmt, const std::vector<Group> &groups,
                  const Group &unused) {
  // In the first round of the analysis `weights(net)` is empty, and so is what a loss makes of it.
  const Program &program = evaluator.program;
  for (const auto &[network, found] : program.found.weights)
    if (!program.assumed.weights.count(network))
      return;
  bool isRest = unused.text->over.empty();
  auto builder = evaluator.error(DiagnosticKind::NothingToMinimize,
                                 isRest ? stmt.objective->where : unused.text->over[0]->where);
  for (const Group &other : groups) {
    auto isTaken = [&](const std::string &path) { return other.named.count(path) != 0; };
    bool takesAll = isRest || (!unused.named.empty() && llvm::all_of(unused.named, isTaken));
    if (other.isUsed && takesAll)
      builder.label(other.text->over[0]->where, "these parameters are minimized already");
  }
}

} // namespace

void optimize(Evaluator &evaluator, const ast::MinimizeStmt &stmt, typed::Value objective, Parent &names,
              bool isLast) {
  auto groups = readGroups(evaluator, stmt, names);
  if (!groups)
    return;
  std::vector<Chosen> chosen = chooseParameters(evaluator, *groups, objective);
  for (const Group &group : *groups)
    if (!group.isUsed)
      return reportUnused(evaluator, stmt, *groups, group);
  noteReached(evaluator, objective);
  std::vector<typed::Value> weights;
  for (const Chosen &each : chosen)
    weights.push_back(each.weight);
  if (!judgeGradient(evaluator, objective, weights, stmt.objective->where))
    return;
  if (update(evaluator, chosen, objective) && !isLast)
    settle(*evaluator.graph, chosen);
}

} // namespace nn::sema
