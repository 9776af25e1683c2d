// The base of every node, and the owning pointers. Nodes are plain data: the parser fills them, sema and the
// printer read them. Kinds are tested with llvm::isa / dyn_cast.
#ifndef NN_AST_NODE_H
#define NN_AST_NODE_H

#include "compiler/basic/Location.h"
#include "llvm/Support/Casting.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nn::ast {

struct Expr;
struct Stmt;
struct TypeExpr;
using ExprPtr = std::unique_ptr<Expr>;
using StmtPtr = std::unique_ptr<Stmt>;
using TypePtr = std::unique_ptr<TypeExpr>;

// A name and where it stands.
struct Name {
  std::string text;
  Location where;
};

// Statements between braces; the last expression statement is the value.
struct Block {
  std::vector<StmtPtr> statements;
  Location where; // with the braces
};

// One axis of a written type: `...` or an expression over sizes.
struct DimExpr {
  ExprPtr size; // null for `...`
  Location where;
};

// An argument of a call: `kernel: 3` or `3`.
struct Argument {
  std::optional<Name> name;
  ExprPtr value;
};

// `f32[b, n]`, `class(10)[b]`, `int`, `category(3)`, `fn(f32[...]) -> f32[...]`.
struct TypeExpr {
  Name name;                       // "fn" for a function type
  std::vector<Argument> arguments; // of `class(10)`
  bool hasArguments = false;       // `class()` against `class`
  bool hasShape = false;           // `f32[]` against `f32`
  std::vector<DimExpr> shape;
  std::vector<TypePtr> parameters; // of a function type
  TypePtr result;
  Location where;
};

// A parameter of a declaration: `units: int`, `kernel: int = 3`, `w`.
struct Parameter {
  Name name;
  TypePtr type;  // may be null
  ExprPtr value; // the default, may be null
  Location where;
};

// `W: f32[n, units] = init`, of `param`, `state`, `action` and of what a `scan` carries.
struct Binding {
  Name name;
  TypePtr type;
  ExprPtr value;
  Location where;
};

} // namespace nn::ast
#endif
