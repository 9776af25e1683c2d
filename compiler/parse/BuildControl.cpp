// `if` and `scan`.
#include "compiler/parse/Build.h"

namespace nn::parsing {

ast::ExprPtr Builder::build(P::IfContext *context) { return buildIf(context->ifExpr()); }

// An `else if` is an `else` whose block holds that one `if`.
std::unique_ptr<ast::IfExpr> Builder::buildIf(P::IfExprContext *context) {
  auto expr = make<ast::IfExpr>(context);
  expr->condition = buildExpression(context->expr());
  expr->then = buildBlock(context->block(0));
  if (P::IfExprContext *next = context->ifExpr()) {
    auto stmt = make<ast::ExprStmt>(next);
    stmt->value = buildIf(next);
    expr->isElseIf = true;
    expr->otherwise.emplace().where = map.of(next);
    expr->otherwise->statements.push_back(std::move(stmt));
  } else if (context->ELSE()) {
    expr->otherwise = buildBlock(context->block(1));
  }
  return expr;
}

// The names are the elements and, last, the axis.
ast::ExprPtr Builder::build(P::ScanContext *context) {
  auto expr = make<ast::ScanExpr>(context);
  expr->elements = buildNames(context->name());
  expr->axis = std::move(expr->elements.back());
  expr->elements.pop_back();
  std::vector<P::ExprContext *> sequences = context->expr();
  if (context->condition)
    sequences.pop_back();
  expr->sequences = buildExpressions(sequences);
  expr->reverse = context->reverse != nullptr;
  expr->reverseIf = buildExpression(context->condition);
  for (P::BindingContext *binding : context->binding())
    expr->carried.push_back(buildBinding(binding));
  expr->body = buildBlock(context->block());
  return expr;
}

} // namespace nn::parsing
