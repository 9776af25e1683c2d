// Statements of `train` and `environment`: what is minimized and measured, where weights come from.
#include "compiler/parse/Build.h"

namespace nn::parsing {

ast::StmtPtr Builder::build(P::MinimizeStmtContext *context) {
  auto stmt = make<ast::MinimizeStmt>(context);
  if (context->name())
    stmt->name = buildName(context->name());
  stmt->objective = buildExpression(context->expr());
  for (P::ParamGroupContext *group : context->paramGroup()) {
    stmt->groups.emplace_back();
    if (group->over())
      stmt->groups.back().over = buildExpressions(group->over()->expr());
    stmt->groups.back().optimizer = buildExpression(group->expr());
  }
  return stmt;
}

ast::StmtPtr Builder::build(P::MeasureStmtContext *context) {
  auto stmt = make<ast::MeasureStmt>(context);
  if (context->name())
    stmt->name = buildName(context->name());
  stmt->value = buildExpression(context->expr());
  return stmt;
}

ast::StmtPtr Builder::build(P::ObserveStmtContext *context) {
  auto stmt = make<ast::ObserveStmt>(context);
  stmt->value = buildExpression(context->expr());
  return stmt;
}

ast::StmtPtr Builder::build(P::StartStmtContext *context) {
  auto stmt = make<ast::StartStmt>(context);
  stmt->what = buildExpression(context->expr(0));
  stmt->from = buildExpression(context->expr(1));
  return stmt;
}

ast::StmtPtr Builder::build(P::FreezeStmtContext *context) {
  auto stmt = make<ast::FreezeStmt>(context);
  stmt->what = buildExpressions(context->expr());
  if (P::DurationContext *duration = context->duration()) {
    stmt->duration = buildExpression(duration->expr());
    stmt->unit = buildName(duration->name());
  }
  return stmt;
}

} // namespace nn::parsing
