// The operators as tables.
#include "compiler/ast/Precedence.h"
#include "compiler/ast/Stmt.h"

namespace nn::ast {

using llvm::dyn_cast;

const char *spelling(BinaryOperator op) {
  static const char *const spellings[] = {"^",  "*", "/",  "@",  "+",  "-",   "..", "<",
                                          "<=", ">", ">=", "==", "!=", "and", "or", "|>"};
  return spellings[static_cast<size_t>(op)];
}

Precedence precedenceOf(BinaryOperator op) {
  switch (op) {
  case BinaryOperator::Power:
    return Precedence::Power;
  case BinaryOperator::Multiply:
  case BinaryOperator::Divide:
  case BinaryOperator::MatMul:
    return Precedence::Product;
  case BinaryOperator::Add:
  case BinaryOperator::Subtract:
    return Precedence::Sum;
  case BinaryOperator::Range:
    return Precedence::Range;
  case BinaryOperator::And:
    return Precedence::And;
  case BinaryOperator::Or:
    return Precedence::Or;
  case BinaryOperator::Pipe:
    return Precedence::Pipe;
  default:
    return Precedence::Compare;
  }
}

Precedence precedenceOf(const Expr &expr) {
  if (auto *binary = dyn_cast<BinaryExpr>(&expr))
    return precedenceOf(binary->op);
  if (auto *unary = dyn_cast<UnaryExpr>(&expr))
    return unary->op == UnaryOperator::Not ? Precedence::Not : Precedence::Negate;
  if (expr.kind == Expr::Kind::If || expr.kind == Expr::Kind::Scan)
    return Precedence::Any;
  return Precedence::Postfix;
}

} // namespace nn::ast
