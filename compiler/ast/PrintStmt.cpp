// Statements as source.
#include "compiler/ast/SourceText.h"

namespace nn::ast {

using llvm::cast;
using llvm::dyn_cast;

namespace {

// The steps of `a |> b |> c`, first to last.
std::vector<const Expr *> stepsOf(const Expr &expr) {
  std::vector<const Expr *> steps;
  const Expr *current = &expr;
  for (auto *binary = dyn_cast<BinaryExpr>(current); binary && binary->op == BinaryOperator::Pipe;
       binary = dyn_cast<BinaryExpr>(current)) {
    steps.push_back(binary->right.get());
    current = binary->left.get();
  }
  steps.push_back(current);
  return {steps.rbegin(), steps.rend()};
}

const char *wordOf(ColumnStmt::Role role) {
  switch (role) {
  case ColumnStmt::Role::Field:
    return "field ";
  case ColumnStmt::Role::Column:
    return "column ";
  default:
    return "target ";
  }
}

} // namespace

std::string SourceText::pipeline(const std::string &head, const std::vector<std::string> &steps) {
  std::string line = head;
  for (const std::string &step : steps)
    line += " |> " + step;
  if (fits(line))
    return line;
  std::string lines = head;
  for (const std::string &step : steps)
    lines += "\n" + indentation(1) + "|> " + step;
  return lines;
}

std::string SourceText::valueAfter(const std::string &head, const Expr &value) {
  std::vector<const Expr *> steps = stepsOf(value);
  if (steps.size() == 1)
    return head + of(value);
  std::vector<std::string> texts;
  for (const Expr *step : steps)
    texts.push_back(of(*step, texts.empty() ? Precedence::Or : Precedence::Postfix));
  std::string first = head + texts.front();
  texts.erase(texts.begin());
  return pipeline(first, texts);
}

std::string SourceText::binding(const Binding &binding) {
  return binding.name.text + (binding.type ? ": " + of(*binding.type) : "") +
         (binding.value ? " = " + of(*binding.value, Precedence::Pipe) : "");
}

std::string SourceText::let(const LetStmt &stmt) {
  std::string head = stmt.isPattern ? "let (" + namesOf(stmt.names) + ")" : "let " + namesOf(stmt.names);
  if (stmt.type)
    head += ": " + of(*stmt.type);
  return valueAfter(head + " = ", *stmt.value);
}

std::string SourceText::column(const ColumnStmt &stmt) {
  std::vector<std::string> steps;
  for (const ExprPtr &step : stmt.steps)
    steps.push_back(of(*step, Precedence::Postfix));
  return pipeline(wordOf(stmt.role) + stmt.name.text + ": " + of(*stmt.type), steps);
}

// An `if` or `scan` there would swallow the `over` or `with` behind it.
std::string SourceText::minimize(const MinimizeStmt &stmt) {
  std::vector<std::string> parts = {"minimize " + (stmt.name ? stmt.name->text + " = " : "") +
                                    of(*stmt.objective, Precedence::Pipe)};
  for (const ParameterGroup &group : stmt.groups) {
    std::string with = "with " + of(*group.optimizer);
    parts.push_back(group.over.empty() ? with : "over " + exprs(group.over, Precedence::Pipe));
    if (!group.over.empty())
      parts.push_back(with);
  }
  std::string line = joined(parts, " ");
  return fits(line) ? line : joined(parts, ("\n" + indentation(1)).c_str());
}

std::string SourceText::freeze(const FreezeStmt &stmt) {
  std::string text = "freeze " + exprs(stmt.what, Precedence::Pipe);
  return stmt.duration ? text + " for " + of(*stmt.duration, Precedence::Pipe) + " " + stmt.unit->text : text;
}

std::string SourceText::of(const Stmt &stmt) {
  switch (stmt.kind) {
  case Stmt::Kind::Let:
    return let(*cast<LetStmt>(&stmt));
  case Stmt::Kind::Param:
    return "param " + binding(cast<ParamStmt>(&stmt)->binding);
  case Stmt::Kind::State: {
    std::vector<std::string> bindings;
    for (const Binding &each : cast<StateStmt>(&stmt)->bindings)
      bindings.push_back(binding(each));
    return "state " + joined(bindings, ", ");
  }
  case Stmt::Kind::Action:
    return "action " + binding(cast<ActionStmt>(&stmt)->binding);
  case Stmt::Kind::Column:
    return column(*cast<ColumnStmt>(&stmt));
  case Stmt::Kind::Augment: {
    auto *augment = cast<AugmentStmt>(&stmt);
    std::vector<std::string> steps;
    for (const ExprPtr &step : augment->steps)
      steps.push_back(of(*step, Precedence::Postfix));
    return pipeline("augment " + augment->name.text, steps);
  }
  case Stmt::Kind::Minimize:
    return minimize(*cast<MinimizeStmt>(&stmt));
  case Stmt::Kind::Measure: {
    auto *measure = cast<MeasureStmt>(&stmt);
    return valueAfter("measure " + (measure->name ? measure->name->text + " = " : ""), *measure->value);
  }
  case Stmt::Kind::Observe:
    return valueAfter("observe ", *cast<ObserveStmt>(&stmt)->value);
  case Stmt::Kind::Yield:
    return valueAfter("yield ", *cast<YieldStmt>(&stmt)->value);
  case Stmt::Kind::Start: {
    auto *start = cast<StartStmt>(&stmt);
    return "start " + of(*start->what, Precedence::Pipe) + (start->from ? " from " + of(*start->from) : "");
  }
  case Stmt::Kind::Freeze:
    return freeze(*cast<FreezeStmt>(&stmt));
  case Stmt::Kind::For: {
    auto *loop = cast<ForStmt>(&stmt);
    return "for " + loop->variable.text + " in " + of(*loop->range, Precedence::Pipe) + " " +
           body(loop->body);
  }
  case Stmt::Kind::Assign: {
    auto *assign = cast<AssignStmt>(&stmt);
    return valueAfter(assign->target.text + " = ", *assign->value);
  }
  case Stmt::Kind::Expression:
    return valueAfter("", *cast<ExprStmt>(&stmt)->value);
  }
  return "";
}

} // namespace nn::ast
