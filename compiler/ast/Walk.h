// Visits everything inside a declaration, in the order of the text.
#ifndef NN_AST_WALK_H
#define NN_AST_WALK_H

#include "compiler/ast/Decl.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace nn::ast {

// Each expression, also those of types and defaults, and each statement; outer ones before inner ones.
void walk(const Decl &decl, llvm::function_ref<void(const Expr &)> onExpr,
          llvm::function_ref<void(const Stmt &)> onStmt);

} // namespace nn::ast
#endif
