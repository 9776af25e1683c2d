// The last step is followed through pipes, calls of networks and `let`; where it is not the library's,
// nothing is said.
#include "compiler/sema/LossInput.h"
#include "compiler/sema/Builtins.h"
#include "llvm/ADT/STLExtras.h"

namespace nn::sema {

using llvm::dyn_cast;

namespace {

struct Activation {
  const char *name, *range;
  bool isProbability;
};

const Activation activations[] = {{"softmax", "0 to 1", true},       {"log_softmax", "at most 0", false},
                                  {"sigmoid", "0 to 1", true},       {"hard_sigmoid", "0 to 1", true},
                                  {"tanh", "-1 to 1", false},        {"softsign", "-1 to 1", false},
                                  {"relu", "never negative", false}, {"softplus", "never negative", false}};

// `again` names the activations that the loss itself applies.
struct LossInfo {
  const char *name;
  bool takesLogits;
  std::vector<const char *> again;
};

const std::vector<LossInfo> &losses() {
  static const std::vector<LossInfo> all{{"cross_entropy", true, {"softmax", "log_softmax"}},
                                         {"focal", true, {"softmax", "log_softmax"}},
                                         {"bce", true, {"sigmoid", "hard_sigmoid"}},
                                         {"kl_divergence", true, {"softmax", "log_softmax"}},
                                         {"entropy", false, {}}};
  return all;
}

// The last step of a value: its name, where it stands, and the network it is the end of.
struct Step {
  std::string name, network;
  Location where;
};

const ast::Expr *lastValue(const ast::Block &block) {
  if (block.statements.empty())
    return nullptr;
  auto *last = dyn_cast<ast::ExprStmt>(block.statements.back().get());
  return last ? last->value.get() : nullptr;
}

// What `name` was bound to last in the block.
const ast::Expr *boundTo(const ast::Block &block, const std::string &name) {
  const ast::Expr *value = nullptr;
  for (const ast::StmtPtr &stmt : block.statements) {
    auto *let = dyn_cast<ast::LetStmt>(stmt.get());
    auto *assign = dyn_cast<ast::AssignStmt>(stmt.get());
    if (let && !let->isPattern && let->names[0].text == name)
      value = let->value.get();
    if (assign && assign->target.text == name)
      value = assign->value.get();
  }
  return value;
}

const ast::NameExpr *calleeName(const ast::Expr &expr) {
  const ast::Expr *callee = &expr;
  while (auto *call = dyn_cast<ast::CallExpr>(callee))
    callee = call->callee.get();
  return dyn_cast<ast::NameExpr>(callee);
}

class LossInputs {
public:
  LossInputs(const SourceModule &main, Reporter &reporter) : main(main), reporter(reporter) {}

  void judge(const ast::Expr &objective, const ast::Block &train);

private:
  bool isLibrary(const std::string &name, NameKind kind) const {
    const DeclRef *ref = main.find(name, kind);
    return ref ? ref->home->isLibrary : kind == NameKind::Function && findBuiltin(name);
  }
  std::optional<Step> lastStep(const ast::Expr &expr, const ast::Block &block, const std::string &network,
                               int depth = 0) const;
  void judgeCall(const LossInfo &loss, const ast::Expr &input, const ast::Block &train);

  const SourceModule &main;
  Reporter &reporter;
};

std::optional<Step> LossInputs::lastStep(const ast::Expr &expr, const ast::Block &block,
                                         const std::string &network, int depth) const {
  constexpr int deepest = 20;
  auto *binary = dyn_cast<ast::BinaryExpr>(&expr);
  if (depth > deepest || (binary && binary->op != ast::BinaryOperator::Pipe))
    return std::nullopt;
  const ast::Expr &last = binary ? *binary->right : expr;
  auto *name = calleeName(last);
  if (!name)
    return std::nullopt;
  if (&last == name && !binary) {
    const ast::Expr *bound = boundTo(block, name->name);
    return bound && bound != &expr ? lastStep(*bound, block, network, depth + 1) : std::nullopt;
  }
  if (const DeclRef *ref = main.find(name->name, NameKind::Network)) {
    auto &body = llvm::cast<ast::ModuleDecl>(ref->decl)->body;
    const ast::Expr *value = lastValue(body);
    return value ? lastStep(*value, body, name->name, depth + 1) : std::nullopt;
  }
  return Step{name->name, network, last.where};
}

void LossInputs::judgeCall(const LossInfo &loss, const ast::Expr &input, const ast::Block &train) {
  auto step = lastStep(input, train, "");
  if (!step)
    return;
  std::string what = step->network.empty() ? "the input" : step->network;
  if (step->name.find("Dropout") != std::string::npos && isLibrary(step->name, NameKind::Layer)) {
    reporter.report(DiagnosticKind::DropoutAtOutput, step->where, {what, step->name});
    return;
  }
  auto activation =
      llvm::find_if(activations, [&](const Activation &each) { return step->name == each.name; });
  if (activation == std::end(activations) || !isLibrary(step->name, NameKind::Function))
    return;
  if (llvm::any_of(loss.again, [&](const char *name) { return step->name == name; }))
    reporter.report(DiagnosticKind::RepeatedSoftmax, input.where, {what, step->name, loss.name})
        .label(step->where, "applied here")
        .note(std::string("`") + loss.name + "` takes logits, the values before `" + step->name + "`");
  else if (loss.takesLogits || !activation->isProbability)
    reporter
        .report(DiagnosticKind::ActivationRange, input.where,
                {what, step->name, activation->range, loss.name,
                 loss.takesLogits ? "logits, any real numbers" : "probabilities, 0 to 1"})
        .label(step->where, "applied here");
}

// `bce(p, y, logits: false)` takes probabilities.
LossInfo infoFor(const LossInfo &loss, const ast::CallExpr &call) {
  for (const ast::Argument &argument : call.arguments)
    if (auto *flag = dyn_cast<ast::BooleanExpr>(argument.value.get()))
      if (argument.name && argument.name->text == "logits" && !flag->value)
        return {loss.name, false, {}};
  return loss;
}

void LossInputs::judge(const ast::Expr &objective, const ast::Block &train) {
  if (auto *binary = dyn_cast<ast::BinaryExpr>(&objective)) {
    judge(*binary->left, train);
    return judge(*binary->right, train);
  }
  auto *call = dyn_cast<ast::CallExpr>(&objective);
  auto *name = call ? calleeName(*call) : nullptr;
  if (!name || call->arguments.empty() || call->arguments[0].name || !isLibrary(name->name, NameKind::Loss))
    return;
  for (const LossInfo &loss : losses())
    if (name->name == loss.name)
      judgeCall(infoFor(loss, *call), *call->arguments[0].value, train);
}

} // namespace

void judgeLossInputs(const SourceModule &main, const ast::TrainDecl &train, Reporter &reporter) {
  LossInputs inputs(main, reporter);
  for (const ast::StmtPtr &stmt : train.body.statements)
    if (auto *minimize = dyn_cast<ast::MinimizeStmt>(stmt.get()))
      inputs.judge(*minimize->objective, train.body);
}

} // namespace nn::sema
