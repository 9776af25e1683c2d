// Statements of bodies and of data blocks.
#include "compiler/parse/Build.h"
#include "compiler/parse/Dispatch.h"

namespace nn::parsing {

ast::StmtPtr Builder::buildStatement(P::StmtContext *context) {
  ast::StmtPtr stmt =
      dispatch<P::ExprStmtContext, P::AssignStmtContext, P::LetStmtContext, P::ParamStmtContext,
               P::StateStmtContext, P::ForStmtContext, P::YieldStmtContext, P::ColumnStmtContext,
               P::AugmentStmtContext, P::MinimizeStmtContext, P::MeasureStmtContext, P::StartStmtContext,
               P::FreezeStmtContext, P::ActionStmtContext, P::ObserveStmtContext>(
          context, [&](auto *form) { return build(form); });
  stmt->doc = docBefore(context);
  return stmt;
}

ast::StmtPtr Builder::build(P::LetStmtContext *context) {
  auto stmt = make<ast::LetStmt>(context);
  stmt->names = buildNames(context->pattern()->name());
  stmt->isPattern = context->pattern()->LPAREN() != nullptr;
  stmt->type = buildType(context->type());
  stmt->value = buildExpression(context->expr());
  return stmt;
}

ast::Binding Builder::buildBinding(P::BindingContext *binding) {
  return {buildName(binding->name()), buildType(binding->type()), buildExpression(binding->expr()),
          map.of(binding)};
}

ast::StmtPtr Builder::build(P::ParamStmtContext *context) {
  auto stmt = make<ast::ParamStmt>(context);
  stmt->binding = buildBinding(context->binding());
  return stmt;
}

ast::StmtPtr Builder::build(P::StateStmtContext *context) {
  auto stmt = make<ast::StateStmt>(context);
  for (P::BindingContext *binding : context->binding())
    stmt->bindings.push_back(buildBinding(binding));
  return stmt;
}

ast::StmtPtr Builder::build(P::ActionStmtContext *context) {
  auto stmt = make<ast::ActionStmt>(context);
  stmt->binding = buildBinding(context->binding());
  return stmt;
}

static ast::ColumnStmt::Role columnRole(size_t word) {
  switch (word) {
  case Kinds::FIELD:
    return ast::ColumnStmt::Role::Field;
  case Kinds::COLUMN:
    return ast::ColumnStmt::Role::Column;
  default:
    return ast::ColumnStmt::Role::Target;
  }
}

ast::StmtPtr Builder::build(P::ColumnStmtContext *context) {
  auto stmt = make<ast::ColumnStmt>(context);
  stmt->role = columnRole(context->role->getType());
  stmt->name = buildName(context->name());
  stmt->type = buildType(context->type());
  if (context->expr())
    stmt->steps = buildPipeline(context->expr());
  return stmt;
}

ast::StmtPtr Builder::build(P::AugmentStmtContext *context) {
  auto stmt = make<ast::AugmentStmt>(context);
  stmt->name = buildName(context->name());
  stmt->steps = buildPipeline(context->expr());
  return stmt;
}

ast::StmtPtr Builder::build(P::ForStmtContext *context) {
  auto stmt = make<ast::ForStmt>(context);
  stmt->variable = buildName(context->name());
  stmt->range = buildExpression(context->expr());
  stmt->body = buildBlock(context->block());
  return stmt;
}

ast::StmtPtr Builder::build(P::YieldStmtContext *context) {
  auto stmt = make<ast::YieldStmt>(context);
  stmt->value = buildExpression(context->expr());
  return stmt;
}

ast::StmtPtr Builder::build(P::AssignStmtContext *context) {
  auto stmt = make<ast::AssignStmt>(context);
  stmt->target = buildName(context->name());
  stmt->value = buildExpression(context->expr());
  return stmt;
}

ast::StmtPtr Builder::build(P::ExprStmtContext *context) {
  auto stmt = make<ast::ExprStmt>(context);
  stmt->value = buildExpression(context->expr());
  return stmt;
}

} // namespace nn::parsing
