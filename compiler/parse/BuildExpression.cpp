// Operators, calls and the other expressions made of expressions.
#include "compiler/parse/Build.h"
#include "compiler/parse/Dispatch.h"

namespace nn::parsing {

using llvm::isa;

ast::ExprPtr Builder::buildExpression(P::ExprContext *expr) {
  return dispatch<P::NameExprContext, P::LitContext, P::BinaryContext, P::CallContext, P::MemberContext,
                  P::IndexContext, P::UnaryContext, P::GroupContext, P::ListContext, P::IfContext,
                  P::ScanContext, P::ShareContext>(expr, [&](auto *form) { return build(form); });
}

std::vector<ast::ExprPtr> Builder::buildExpressions(const std::vector<P::ExprContext *> &contexts) {
  std::vector<ast::ExprPtr> exprs;
  for (P::ExprContext *expr : contexts)
    exprs.push_back(buildExpression(expr));
  return exprs;
}

ast::ExprPtr Builder::build(P::NameExprContext *context) {
  auto expr = make<ast::NameExpr>(context);
  expr->name = context->getText();
  return expr;
}

ast::ExprPtr Builder::build(P::CallContext *context) {
  auto expr = make<ast::CallExpr>(context);
  expr->callee = buildExpression(context->expr());
  expr->arguments = buildArguments(context->args());
  expr->argumentsWhere = map.of(context->args());
  return expr;
}

std::vector<ast::Argument> Builder::buildArguments(P::ArgsContext *args) {
  std::vector<ast::Argument> arguments;
  for (P::ArgContext *arg : args->arg()) {
    ast::Argument argument;
    if (arg->name())
      argument.name = buildName(arg->name());
    argument.value = buildExpression(arg->expr());
    arguments.push_back(std::move(argument));
  }
  return arguments;
}

ast::ExprPtr Builder::build(P::IndexContext *context) {
  auto expr = make<ast::IndexExpr>(context);
  expr->base = buildExpression(context->expr());
  for (P::SubscriptContext *subscript : context->subscript())
    expr->subscripts.push_back(buildSubscript(subscript));
  return expr;
}

ast::Subscript Builder::buildSubscript(P::SubscriptContext *context) {
  ast::Subscript subscript;
  subscript.where = map.of(context);
  if (context->ELLIPSIS())
    subscript.kind = ast::Subscript::Kind::Ellipsis;
  else if (context->colon)
    subscript.kind = ast::Subscript::Kind::Range;
  subscript.begin = buildExpression(context->begin);
  subscript.end = buildExpression(context->end);
  return subscript;
}

ast::ExprPtr Builder::build(P::MemberContext *context) {
  auto expr = make<ast::MemberExpr>(context);
  expr->base = buildExpression(context->expr());
  expr->member = buildName(context->name());
  return expr;
}

ast::ExprPtr Builder::build(P::UnaryContext *context) {
  auto expr = make<ast::UnaryExpr>(context);
  expr->op = context->op->getType() == Kinds::NOT ? ast::UnaryOperator::Not : ast::UnaryOperator::Negate;
  expr->operand = buildExpression(context->expr());
  return expr;
}

static ast::BinaryOperator binaryOperator(size_t token) {
  using Operator = ast::BinaryOperator;
  switch (token) {
  case Kinds::POWER:
    return Operator::Power;
  case Kinds::TIMES:
    return Operator::Multiply;
  case Kinds::DIVIDE:
    return Operator::Divide;
  case Kinds::MATMUL:
    return Operator::MatMul;
  case Kinds::PLUS:
    return Operator::Add;
  case Kinds::MINUS:
    return Operator::Subtract;
  case Kinds::DOTDOT:
    return Operator::Range;
  case Kinds::LESS:
    return Operator::Less;
  case Kinds::LESSEQUAL:
    return Operator::LessEqual;
  case Kinds::GREATER:
    return Operator::Greater;
  case Kinds::GREATEREQUAL:
    return Operator::GreaterEqual;
  case Kinds::EQUAL:
    return Operator::Equal;
  case Kinds::NOTEQUAL:
    return Operator::NotEqual;
  case Kinds::AND:
    return Operator::And;
  case Kinds::OR:
    return Operator::Or;
  default:
    return Operator::Pipe;
  }
}

ast::ExprPtr Builder::build(P::BinaryContext *context) {
  auto expr = make<ast::BinaryExpr>(context);
  expr->op = binaryOperator(context->op->getType());
  expr->operatorWhere = map.of(context->op);
  expr->left = buildExpression(context->expr(0));
  expr->right = buildExpression(context->expr(1));
  if (expr->op == ast::BinaryOperator::Pipe)
    checkPipeTarget(*expr->right);
  return expr;
}

static const char *describeKind(const ast::Expr &expr) {
  switch (expr.kind) {
  case ast::Expr::Kind::Number:
  case ast::Expr::Kind::Quantity:
  case ast::Expr::Kind::Share:
    return "a number";
  case ast::Expr::Kind::String:
    return "a string";
  case ast::Expr::Kind::Boolean:
    return "`true` or `false`";
  case ast::Expr::Kind::If:
    return "an `if`";
  case ast::Expr::Kind::Scan:
    return "a `scan`";
  case ast::Expr::Kind::Tuple:
    return "a tuple";
  case ast::Expr::Kind::List:
    return "a list";
  default:
    return "a computed value";
  }
}

void Builder::checkPipeTarget(const ast::Expr &target) {
  if (!isa<ast::NameExpr, ast::MemberExpr, ast::CallExpr>(&target))
    reporter.report(DiagnosticKind::PipeIntoValue, target.where, {describeKind(target)});
}

// The steps of `|> a |> b(1)`: the grammar reads them as one expression, `a |> b(1)`.
std::vector<ast::ExprPtr> Builder::buildPipeline(P::ExprContext *context) {
  std::vector<ast::ExprPtr> steps;
  auto *binary = dynamic_cast<P::BinaryContext *>(context);
  while (binary && binary->op->getType() == Kinds::PIPE) {
    steps.push_back(buildExpression(binary->expr(1)));
    context = binary->expr(0);
    binary = dynamic_cast<P::BinaryContext *>(context);
  }
  steps.push_back(buildExpression(context));
  std::reverse(steps.begin(), steps.end());
  for (const ast::ExprPtr &step : steps)
    checkPipeTarget(*step);
  return steps;
}

ast::ExprPtr Builder::build(P::GroupContext *context) {
  std::vector<P::ExprContext *> elements = context->expr();
  if (elements.size() > 1) {
    auto expr = make<ast::TupleExpr>(context);
    expr->elements = buildExpressions(elements);
    return expr;
  }
  if (context->comma)
    reporter.report(DiagnosticKind::SingleElementTuple, map.of(context->comma), {"`,`", "`)`"})
        .note("a tuple has two elements or more");
  return buildExpression(elements.front());
}

ast::ExprPtr Builder::build(P::ListContext *context) {
  auto expr = make<ast::ListExpr>(context);
  expr->elements = buildExpressions(context->expr());
  return expr;
}

} // namespace nn::parsing
