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

// The networks after `over`, with those they apply; nothing without `over`, or after an error.
std::optional<std::set<std::string>> readOver(Evaluator &evaluator, const ast::MinimizeStmt &stmt) {
  std::set<std::string> networks;
  for (const ast::ExprPtr &expr : stmt.over) {
    Value value = evaluator.evaluate(*expr, NameKind::Network);
    if (!isModule(value.decl(), ast::ModuleKind::Network)) {
      if (!value.isPoison())
        evaluator.error(DiagnosticKind::NotANetwork, expr->where, {describe(value), "a network"});
      return std::nullopt;
    }
    auto inner = evaluator.program.closure(value.decl()->name.text);
    networks.insert(inner.begin(), inner.end());
  }
  return networks;
}

// Parameters of the networks, or all that the objective depends on.
std::vector<const Slot *> chosenParameters(Evaluator &evaluator, const std::set<std::string> &networks,
                                           bool all, typed::Value objective) {
  std::vector<bool> needed = evaluator.builder().reachable({objective});
  std::vector<const Slot *> chosen;
  for (const Slot &slot : evaluator.program.slots) {
    auto current = evaluator.graph->current.find(slot.path);
    if (slot.role == "parameter" && current != evaluator.graph->current.end() &&
        needed[current->second.node] && (all || networks.count(slot.network)))
      chosen.push_back(&slot);
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

// Paths of the optimizers' states; the second of one name in a chain gets a number.
std::vector<std::string> chainPaths(const OptimizerChain &chain, const std::string &train) {
  Parent names;
  names.path = train;
  std::vector<std::string> paths;
  for (const auto &link : chain.links)
    paths.push_back(names.named(link->decl->name.text));
  return paths;
}

} // namespace

void optimize(Evaluator &evaluator, const ast::MinimizeStmt &stmt, typed::Value objective) {
  auto chain = readOptimizer(evaluator, *stmt.optimizer);
  auto networks = readOver(evaluator, stmt);
  if (!chain || !networks)
    return;
  GraphContext &graph = *evaluator.graph;
  std::vector<Slot> chosen; // copies: optimizer states are added while they are walked
  for (const Slot *slot : chosenParameters(evaluator, *networks, stmt.over.empty(), objective))
    chosen.push_back(*slot);
  for (const Slot *slot : chosenParameters(evaluator, *networks, true, objective))
    graph.reached.insert(slot->path);
  if (chosen.empty()) {
    evaluator.error(DiagnosticKind::NothingToMinimize, stmt.objective->where);
    return;
  }
  std::vector<typed::Value> weights;
  for (const Slot &slot : chosen)
    weights.push_back(graph.current.at(slot.path));
  if (!judgeGradient(evaluator, objective, weights, stmt.objective->where))
    return;
  std::vector<typed::Value> gradients = graph.builder.gradient(objective, weights);
  std::vector<typed::Value> updated = weights;
  std::vector<std::string> paths = chainPaths(*chain, evaluator.frame->parent->path);

  for (size_t link = 0; link < chain->links.size(); ++link) {
    // Of the gradients as they arrive here, so that `decay(k) |> clip_norm(1)` clips what it says.
    Value norm = globalNorm(evaluator, gradients);
    for (size_t i = 0; i < chosen.size(); ++i) {
      evaluator.optimized = chosen[i].path;
      if (!Update(evaluator, *chain->links[link], paths[link], norm).run(updated[i], gradients[i]))
        return;
    }
  }
  for (size_t i = 0; i < chosen.size(); ++i) {
    if (updated[i] == weights[i]) {
      evaluator.error(DiagnosticKind::NoUpdate, stmt.optimizer->where,
                      {chain->links.back()->decl->name.text});
      return;
    }
    graph.current[chosen[i].path] = updated[i];
  }
}

} // namespace nn::sema
