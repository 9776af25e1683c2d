// How tightly operators bind, as the grammar orders them.
#ifndef NN_AST_PRECEDENCE_H
#define NN_AST_PRECEDENCE_H

#include "compiler/ast/Expr.h"

namespace nn::ast {

enum class Precedence { Any, Pipe, Or, And, Not, Compare, Range, Sum, Product, Negate, Power, Postfix };

const char *spelling(BinaryOperator op);
Precedence precedenceOf(BinaryOperator op);
// `if` and `scan` end in a block and are set in parentheses wherever an operator could follow.
Precedence precedenceOf(const Expr &expr);

} // namespace nn::ast
#endif
