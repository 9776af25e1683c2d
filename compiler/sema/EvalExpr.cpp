// Names, literals and the dispatch over expressions.
#include "compiler/basic/Suggestion.h"
#include "compiler/sema/Evaluator.h"
#include "compiler/sema/Hypers.h"
#include "compiler/sema/Numbers.h"
#include <cstdlib>
#include <set>

namespace nn::sema {

// Evaluations of one analysis, and how deep they nest: far above any program that is meant, and low enough
// that neither time nor the stack runs out.
constexpr uint64_t maxWork = 2'000'000;
constexpr unsigned maxDepth = 1500;
constexpr size_t maxNodes = 400'000;

bool Evaluator::enter(Location where) {
  if (depth >= maxDepth) {
    exhausted = true;
    std::string name = program.reporter.calls.empty() ? "expression" : program.reporter.calls.back().name;
    error(DiagnosticKind::TooDeep, where, {name});
    return false;
  }
  ++depth;
  return true;
}

bool Evaluator::spend(Location where) {
  if (exhausted)
    return false;
  if (++work <= maxWork && builder().graph.nodes.size() < maxNodes)
    return true;
  exhausted = true;
  error(DiagnosticKind::TooLarge, where);
  return false;
}

std::string Evaluator::text(Location where) const {
  if (!where.isValid())
    return "";
  return std::string(program.sources.text(where.file).substr(where.begin, where.end - where.begin));
}

Value Evaluator::evaluate(const ast::Expr &expr) {
  if (!spend(expr.where) || !enter(expr.where))
    return Poison();
  builder().where = expr.where;
  Value value = evaluateKind(expr);
  leave();
  return value;
}

Value Evaluator::evaluate(const ast::Expr &expr, std::optional<NameKind> preferred) {
  auto saved = frame->preferred;
  frame->preferred = preferred;
  Value value = evaluate(expr);
  frame->preferred = saved;
  return value;
}

Value Evaluator::evaluateKind(const ast::Expr &expr) {
  using Kind = ast::Expr::Kind;
  switch (expr.kind) {
  case Kind::Number:
    return evaluateNumber(llvm::cast<ast::NumberExpr>(expr));
  case Kind::Quantity:
    return evaluateQuantity(llvm::cast<ast::QuantityExpr>(expr));
  case Kind::String:
    return llvm::cast<ast::StringExpr>(expr).value;
  case Kind::Boolean:
    return llvm::cast<ast::BooleanExpr>(expr).value;
  case Kind::Name:
    return lookUp(llvm::cast<ast::NameExpr>(expr).name, expr.where);
  case Kind::Call:
    return evaluateCall(llvm::cast<ast::CallExpr>(expr));
  case Kind::Index:
    return evaluateIndex(llvm::cast<ast::IndexExpr>(expr));
  case Kind::Member:
    return evaluateMember(llvm::cast<ast::MemberExpr>(expr));
  case Kind::Unary:
    return evaluateUnary(llvm::cast<ast::UnaryExpr>(expr));
  case Kind::Binary:
    return evaluateBinary(llvm::cast<ast::BinaryExpr>(expr));
  case Kind::Share:
    return fail(DiagnosticKind::MisplacedShare, expr.where);
  case Kind::If:
    return evaluateIf(llvm::cast<ast::IfExpr>(expr));
  case Kind::Scan:
    return evaluateScan(llvm::cast<ast::ScanExpr>(expr));
  case Kind::Tuple:
    return evaluateSequence(llvm::cast<ast::TupleExpr>(expr).elements, true);
  case Kind::List:
    return evaluateSequence(llvm::cast<ast::ListExpr>(expr).elements, false);
  }
  return Poison();
}

Value Evaluator::evaluateNumber(const ast::NumberExpr &expr) {
  if (!expr.isInteger)
    return expr.value;
  // Beyond 2^63 the text does not fit; the value in double says so too.
  if (expr.value >= 9223372036854775808.0)
    return fail(DiagnosticKind::IntegerOverflow, expr.where, {expr.text});
  return int64_t(std::strtoll(expr.text.c_str(), nullptr, 10));
}

Value Evaluator::evaluateQuantity(const ast::QuantityExpr &expr) {
  if (auto number = plainNumber(expr.value, expr.unit))
    return *number;
  return Quantity{expr.value, expr.unit};
}

Value Evaluator::evaluateSequence(const std::vector<ast::ExprPtr> &elements, bool isTuple) {
  std::vector<Value> values;
  bool poisoned = false;
  for (const ast::ExprPtr &element : elements) {
    values.push_back(evaluate(*element));
    poisoned |= values.back().isPoison();
  }
  return poisoned ? Value(Poison()) : makeSequence(std::move(values), isTuple);
}

// Names of the language that this version does not have yet: schedules.
static bool isComing(const std::string &name) {
  static const std::set<std::string> names = {"exponential", "linear",     "one_cycle",
                                              "plateau",     "polynomial", "warmup"};
  return names.count(name) > 0;
}

Value Evaluator::lookUp(const std::string &name, Location where) {
  if (Variable *variable = scope->find(name)) {
    if (variable->slot.empty())
      return variable->value;
    auto current = graph->current.find(variable->slot);
    if (current == graph->current.end())
      return fail(DiagnosticKind::WrongInitializer, where, {name});
    return tensor(current->second);
  }
  if (name == "training")
    return graph->training;
  if (name == "pi")
    return 3.14159265358979323846;
  if (const DeclRef *ref = frame->home->find(name, frame->preferred)) {
    auto hyper = program.hypers.find(ref->decl);
    if (hyper != program.hypers.end())
      return hyperValue(*this, hyper->second);
    if (llvm::isa<ast::HyperDecl>(ref->decl)) {
      program.usedHypers.insert(ref->decl);
      return fail(DiagnosticKind::UsedBeforeDefinition, where, {name});
    }
    auto data = program.data.find(ref->decl);
    if (llvm::isa<ast::DataDecl>(ref->decl))
      return data == program.data.end() ? Value(Poison()) : Value(DataRef{data->second});
    return *ref;
  }
  auto alias = frame->home->aliases.find(name);
  if (alias != frame->home->aliases.end())
    return NamespaceRef{alias->second};
  if (const Builtin *builtin = findBuiltin(name))
    return BuiltinRef{builtin};
  if (auto fields = ambiguous.find(name); fields != ambiguous.end())
    return fail(DiagnosticKind::AmbiguousField, where, {name, fields->second});
  if (isComing(name))
    return fail(DiagnosticKind::NotYetSupported, where, {name});
  unknownName("name", name, where, visibleNames());
  return Poison();
}

std::vector<std::string> Evaluator::visibleNames() const {
  std::vector<std::string> names;
  for (Scope *inner = scope; inner; inner = inner->parent)
    for (const auto &entry : inner->variables)
      names.push_back(entry.first);
  frame->home->collectNames(names);
  collectBuiltins(names);
  return names;
}

void Evaluator::unknownName(const std::string &what, const std::string &name, Location where,
                            const std::vector<std::string> &candidates) {
  static const std::pair<const char *, DiagnosticKind> kinds[] = {
      {"data set", DiagnosticKind::UnknownDataSet},
      {"field", DiagnosticKind::UnknownField},
      {"parameter of an optimizer", DiagnosticKind::UnknownOptimizerParameter},
      {"part", DiagnosticKind::UnknownPart},
      {"preprocessing step", DiagnosticKind::UnknownStep},
      {"source", DiagnosticKind::UnknownSource},
      {"type", DiagnosticKind::UnknownType}};
  DiagnosticKind kind = DiagnosticKind::UnknownName;
  for (auto [word, each] : kinds)
    if (what == word)
      kind = each;
  error(kind, where, {what, name}).suggest(closest(name, candidates));
}

} // namespace nn::sema
