// Visits everything inside a declaration or an expression, in the order of the text.
#ifndef NN_AST_WALK_H
#define NN_AST_WALK_H

#include "compiler/ast/Decl.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace nn::ast {

// Each expression, also those of types and defaults, and each statement; outer ones before inner ones.
void walk(const Decl &decl, llvm::function_ref<void(const Expr &)> onExpr,
          llvm::function_ref<void(const Stmt &)> onStmt);
// The expression and each inside it.
void walk(const Expr &expr, llvm::function_ref<void(const Expr &)> onExpr);

} // namespace nn::ast
#endif
