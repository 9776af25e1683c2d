// Statements, one struct per alternative of the grammar's `stmt`.
#ifndef NN_AST_STMT_H
#define NN_AST_STMT_H

#include "compiler/ast/Expr.h"

namespace nn::ast {

struct Stmt {
  enum class Kind {
    Let,
    Param,
    State,
    Action,
    Column,
    Augment,
    Minimize,
    Measure,
    Observe,
    Yield,
    Start,
    Freeze,
    For,
    Assign,
    Expression
  };
  const Kind kind;
  Location where;
  std::string doc; // the `///` lines before it

  virtual ~Stmt() = default;

protected:
  Stmt(Kind kind, Location where) : kind(kind), where(where) {}
};

// `let x = …`, `let (a, b) = …`.
struct LetStmt : Stmt {
  LetStmt(Location where) : Stmt(Kind::Let, where) {}
  static bool classof(const Stmt *s) { return s->kind == Kind::Let; }
  std::vector<Name> names; // one, or the names of a pattern
  bool isPattern = false;
  TypePtr type; // may be null
  ExprPtr value;
};

struct ParamStmt : Stmt {
  ParamStmt(Location where) : Stmt(Kind::Param, where) {}
  static bool classof(const Stmt *s) { return s->kind == Kind::Param; }
  Binding binding;
};

struct StateStmt : Stmt {
  StateStmt(Location where) : Stmt(Kind::State, where) {}
  static bool classof(const Stmt *s) { return s->kind == Kind::State; }
  std::vector<Binding> bindings;
};

struct ActionStmt : Stmt {
  ActionStmt(Location where) : Stmt(Kind::Action, where) {}
  static bool classof(const Stmt *s) { return s->kind == Kind::Action; }
  Binding binding;
};

// `field image: f32[28, 28, 1] |> scale(1/255) |> zscore`. `steps` are the parts of the pipe, in order.
struct ColumnStmt : Stmt {
  enum class Role { Field, Column, Target };
  ColumnStmt(Location where) : Stmt(Kind::Column, where) {}
  static bool classof(const Stmt *s) { return s->kind == Kind::Column; }
  Role role = Role::Field;
  Name name;
  TypePtr type;
  std::vector<ExprPtr> steps;
};

struct AugmentStmt : Stmt {
  AugmentStmt(Location where) : Stmt(Kind::Augment, where) {}
  static bool classof(const Stmt *s) { return s->kind == Kind::Augment; }
  Name name;
  std::vector<ExprPtr> steps;
};

// Parameters and the optimizer that moves them.
struct ParameterGroup {
  std::vector<ExprPtr> over; // empty: every parameter the objective reaches that no other group names
  ExprPtr optimizer;
};

// `minimize d_loss = … over D with Adam(2e-4)`.
struct MinimizeStmt : Stmt {
  MinimizeStmt(Location where) : Stmt(Kind::Minimize, where) {}
  static bool classof(const Stmt *s) { return s->kind == Kind::Minimize; }
  std::optional<Name> name;
  ExprPtr objective;
  std::vector<ParameterGroup> groups; // at least one
};

struct MeasureStmt : Stmt {
  MeasureStmt(Location where) : Stmt(Kind::Measure, where) {}
  static bool classof(const Stmt *s) { return s->kind == Kind::Measure; }
  std::optional<Name> name;
  ExprPtr value;
};

struct ObserveStmt : Stmt {
  ObserveStmt(Location where) : Stmt(Kind::Observe, where) {}
  static bool classof(const Stmt *s) { return s->kind == Kind::Observe; }
  ExprPtr value;
};

struct YieldStmt : Stmt {
  YieldStmt(Location where) : Stmt(Kind::Yield, where) {}
  static bool classof(const Stmt *s) { return s->kind == Kind::Yield; }
  ExprPtr value;
};

struct StartStmt : Stmt {
  StartStmt(Location where) : Stmt(Kind::Start, where) {}
  static bool classof(const Stmt *s) { return s->kind == Kind::Start; }
  ExprPtr what;
  ExprPtr from; // may be null
};

struct FreezeStmt : Stmt {
  FreezeStmt(Location where) : Stmt(Kind::Freeze, where) {}
  static bool classof(const Stmt *s) { return s->kind == Kind::Freeze; }
  std::vector<ExprPtr> what;
  ExprPtr duration; // may be null
  std::optional<Name> unit;
};

struct ForStmt : Stmt {
  ForStmt(Location where) : Stmt(Kind::For, where) {}
  static bool classof(const Stmt *s) { return s->kind == Kind::For; }
  Name variable;
  ExprPtr range;
  Block body;
};

// `batch = 64`, `mean = …`, `y = y |> …`.
struct AssignStmt : Stmt {
  AssignStmt(Location where) : Stmt(Kind::Assign, where) {}
  static bool classof(const Stmt *s) { return s->kind == Kind::Assign; }
  Name target;
  ExprPtr value;
};

struct ExprStmt : Stmt {
  ExprStmt(Location where) : Stmt(Kind::Expression, where) {}
  static bool classof(const Stmt *s) { return s->kind == Kind::Expression; }
  ExprPtr value;
};

} // namespace nn::ast
#endif
