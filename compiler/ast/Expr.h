// Expressions, one struct per alternative of the grammar's `expr`.
#ifndef NN_AST_EXPR_H
#define NN_AST_EXPR_H

#include "compiler/ast/Node.h"

namespace nn::ast {

struct Expr {
  enum class Kind {
    Number,
    Quantity,
    String,
    Boolean,
    Name,
    Call,
    Index,
    Member,
    Unary,
    Binary,
    Share,
    If,
    Scan,
    Tuple,
    List
  };
  const Kind kind;
  Location where;

  virtual ~Expr() = default;

protected:
  Expr(Kind kind, Location where) : kind(kind), where(where) {}
};

// `3`, `1e-3`. `text` keeps the spelling; `isInteger` when it has neither point nor exponent.
struct NumberExpr : Expr {
  NumberExpr(Location where) : Expr(Kind::Number, where) {}
  static bool classof(const Expr *e) { return e->kind == Kind::Number; }
  std::string text;
  double value = 0;
  bool isInteger = false;
};

// `10%`, `12deg`, `3sd`, `5min`: value 10 and unit "%".
struct QuantityExpr : Expr {
  QuantityExpr(Location where) : Expr(Kind::Quantity, where) {}
  static bool classof(const Expr *e) { return e->kind == Kind::Quantity; }
  std::string text;
  double value = 0;
  std::string unit;
};

struct StringExpr : Expr {
  StringExpr(Location where) : Expr(Kind::String, where) {}
  static bool classof(const Expr *e) { return e->kind == Kind::String; }
  std::string value; // without quotes, escapes resolved
};

struct BooleanExpr : Expr {
  BooleanExpr(Location where) : Expr(Kind::Boolean, where) {}
  static bool classof(const Expr *e) { return e->kind == Kind::Boolean; }
  bool value = false;
};

struct NameExpr : Expr {
  NameExpr(Location where) : Expr(Kind::Name, where) {}
  static bool classof(const Expr *e) { return e->kind == Kind::Name; }
  std::string name;
};

struct CallExpr : Expr {
  CallExpr(Location where) : Expr(Kind::Call, where) {}
  static bool classof(const Expr *e) { return e->kind == Kind::Call; }
  ExprPtr callee;
  std::vector<Argument> arguments;
  Location argumentsWhere; // the parentheses
};

// One position of an index: `i`, `a:b`, `:`, `...`.
struct Subscript {
  enum class Kind { Ellipsis, Single, Range } kind = Kind::Single;
  ExprPtr begin, end; // Single has begin only; either may be null in a Range
  Location where;
};

struct IndexExpr : Expr {
  IndexExpr(Location where) : Expr(Kind::Index, where) {}
  static bool classof(const Expr *e) { return e->kind == Kind::Index; }
  ExprPtr base;
  std::vector<Subscript> subscripts;
};

struct MemberExpr : Expr {
  MemberExpr(Location where) : Expr(Kind::Member, where) {}
  static bool classof(const Expr *e) { return e->kind == Kind::Member; }
  ExprPtr base;
  Name member;
};

enum class UnaryOperator { Negate, Not };

struct UnaryExpr : Expr {
  UnaryExpr(Location where) : Expr(Kind::Unary, where) {}
  static bool classof(const Expr *e) { return e->kind == Kind::Unary; }
  UnaryOperator op = UnaryOperator::Negate;
  ExprPtr operand;
};

enum class BinaryOperator {
  Power,
  Multiply,
  Divide,
  MatMul,
  Add,
  Subtract,
  Range,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Equal,
  NotEqual,
  And,
  Or,
  Pipe
};

// The right side of a Pipe is a NameExpr, MemberExpr or CallExpr; the parser checks it.
struct BinaryExpr : Expr {
  BinaryExpr(Location where) : Expr(Kind::Binary, where) {}
  static bool classof(const Expr *e) { return e->kind == Kind::Binary; }
  BinaryOperator op = BinaryOperator::Add;
  ExprPtr left, right;
  Location operatorWhere;
};

// `10% of train`.
struct ShareExpr : Expr {
  ShareExpr(Location where) : Expr(Kind::Share, where) {}
  static bool classof(const Expr *e) { return e->kind == Kind::Share; }
  std::unique_ptr<QuantityExpr> quantity;
  Name of;
};

// `if c { a } else { b }`; `else if` is an otherwise that holds one IfExpr statement.
struct IfExpr : Expr {
  IfExpr(Location where) : Expr(Kind::If, where) {}
  static bool classof(const Expr *e) { return e->kind == Kind::If; }
  ExprPtr condition;
  Block then;
  std::optional<Block> otherwise;
  bool isElseIf = false; // `otherwise` was written `else if`
};

struct ScanExpr : Expr {
  ScanExpr(Location where) : Expr(Kind::Scan, where) {}
  static bool classof(const Expr *e) { return e->kind == Kind::Scan; }
  std::vector<Name> elements;
  std::vector<ExprPtr> sequences;
  Name axis;
  bool reverse = false;
  ExprPtr reverseIf; // of `reverse if c`, else null
  std::vector<Binding> carried;
  Block body;
};

// `(a, b)`; a single parenthesized expression is not a tuple and has no node of its own.
struct TupleExpr : Expr {
  TupleExpr(Location where) : Expr(Kind::Tuple, where) {}
  static bool classof(const Expr *e) { return e->kind == Kind::Tuple; }
  std::vector<ExprPtr> elements;
};

struct ListExpr : Expr {
  ListExpr(Location where) : Expr(Kind::List, where) {}
  static bool classof(const Expr *e) { return e->kind == Kind::List; }
  std::vector<ExprPtr> elements;
};

} // namespace nn::ast
#endif
