// Statements as source.
#include "compiler/ast/SourceText.h"

namespace nn::ast {

using llvm::cast;

namespace {

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

std::vector<const Expr *> pointers(const std::vector<ExprPtr> &exprs) {
  std::vector<const Expr *> all;
  for (const ExprPtr &expr : exprs)
    all.push_back(expr.get());
  return all;
}

std::string named(const std::optional<Name> &name) { return name ? name->text + " = " : ""; }

} // namespace

Layout SourceText::binding(const Binding &binding) {
  Layout text = binding.name.text;
  if (binding.type)
    text += ": " + of(*binding.type);
  return binding.value ? std::move(text) + " = " + of(*binding.value, Precedence::Pipe) : text;
}

Layout SourceText::column(const ColumnStmt &stmt) {
  Layout head = wordOf(stmt.role) + stmt.name.text + ": ";
  head += of(*stmt.type);
  return pipeline(std::move(head), stmt.type->where.end, pointers(stmt.steps));
}

// An `if` or `scan` there would swallow the `over` or `with` behind it.
Layout SourceText::minimize(const MinimizeStmt &stmt) {
  Layout text = "minimize " + named(stmt.name);
  text += of(*stmt.objective, Precedence::Pipe);
  Layout rest;
  for (const ParameterGroup &group : stmt.groups) {
    if (!group.over.empty()) {
      rest += trailing(group.over.front()->where.begin);
      rest += Layout::line();
      rest += leading(group.over.front()->where.begin);
      rest += "over ";
      rest += exprs(group.over, Precedence::Pipe);
    }
    rest += trailing(group.optimizer->where.begin);
    rest += Layout::line();
    rest += leading(group.optimizer->where.begin);
    rest += "with ";
    rest += of(*group.optimizer);
  }
  return Layout::group(std::move(text) + Layout::indented(std::move(rest)));
}

Layout SourceText::freeze(const FreezeStmt &stmt) {
  Layout text = "freeze ";
  text += exprs(stmt.what, Precedence::Pipe);
  if (!stmt.duration)
    return text;
  text += " for ";
  text += of(*stmt.duration, Precedence::Pipe);
  return text + (" " + stmt.unit->text);
}

Layout SourceText::of(const Stmt &stmt) {
  switch (stmt.kind) {
  case Stmt::Kind::Let: {
    auto *let = cast<LetStmt>(&stmt);
    Layout text = let->isPattern ? "let (" + namesOf(let->names) + ")" : "let " + namesOf(let->names);
    if (let->type)
      text += ": " + of(*let->type);
    return std::move(text) + " = " + of(*let->value);
  }
  case Stmt::Kind::Param:
    return "param " + binding(cast<ParamStmt>(&stmt)->binding);
  case Stmt::Kind::State: {
    std::vector<Layout> bindings;
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
    return pipeline("augment " + augment->name.text, augment->name.where.end, pointers(augment->steps));
  }
  case Stmt::Kind::Minimize:
    return minimize(*cast<MinimizeStmt>(&stmt));
  case Stmt::Kind::Measure: {
    auto *measure = cast<MeasureStmt>(&stmt);
    return "measure " + named(measure->name) + of(*measure->value);
  }
  case Stmt::Kind::Observe:
    return "observe " + of(*cast<ObserveStmt>(&stmt)->value);
  case Stmt::Kind::Yield:
    return "yield " + of(*cast<YieldStmt>(&stmt)->value);
  case Stmt::Kind::Start: {
    auto *start = cast<StartStmt>(&stmt);
    Layout text = "start ";
    text += of(*start->what, Precedence::Pipe);
    return start->from ? std::move(text) + " from " + of(*start->from) : text;
  }
  case Stmt::Kind::Freeze:
    return freeze(*cast<FreezeStmt>(&stmt));
  case Stmt::Kind::For: {
    auto *loop = cast<ForStmt>(&stmt);
    Layout text = "for " + loop->variable.text + " in ";
    text += of(*loop->range, Precedence::Pipe);
    text += " ";
    return std::move(text) + block(loop->body);
  }
  case Stmt::Kind::Assign: {
    auto *assign = cast<AssignStmt>(&stmt);
    return assign->target.text + " = " + of(*assign->value);
  }
  case Stmt::Kind::Expression:
    return of(*cast<ExprStmt>(&stmt)->value);
  }
  return "";
}

} // namespace nn::ast
