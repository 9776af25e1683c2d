// The canonical layout of each node as a string. Every child is laid out once and the pieces are joined on
// one line or over several: linear work however deep the nesting.
#ifndef NN_AST_SOURCETEXT_H
#define NN_AST_SOURCETEXT_H

#include "compiler/ast/Decl.h"
#include "compiler/ast/Precedence.h"

namespace nn::ast {

class SourceText {
public:
  // PrintDecl.cpp
  std::string of(const Decl &decl);
  std::string withoutDoc(const Decl &decl);
  // PrintStmt.cpp
  std::string of(const Stmt &stmt); // without its doc comment
  // PrintExpr.cpp
  std::string of(const Expr &expr, Precedence atLeast = Precedence::Any);
  std::string of(const TypeExpr &type);

  // The `///` lines, each with its indentation and line end.
  std::string docLines(const std::string &doc) const;

private:
  std::string parameters(const std::vector<Parameter> &parameters);
  std::string results(const std::vector<TypePtr> &results, bool isTuple);

  // `head` and the steps of a pipe behind it, over several lines when one is too short.
  std::string pipeline(const std::string &head, const std::vector<std::string> &steps);
  // `head` followed by an expression.
  std::string valueAfter(const std::string &head, const Expr &value);
  std::string minimize(const MinimizeStmt &stmt);
  std::string binding(const Binding &binding);
  std::string let(const LetStmt &stmt);
  std::string column(const ColumnStmt &stmt);
  std::string freeze(const FreezeStmt &stmt);

  std::string exprText(const Expr &expr);
  std::string binary(const BinaryExpr &expr);
  std::string ifText(const IfExpr &expr);
  std::string scan(const ScanExpr &expr);
  std::string arguments(const std::vector<Argument> &arguments);
  std::string subscripts(const std::vector<Subscript> &subscripts);
  std::string exprs(const std::vector<ExprPtr> &exprs, Precedence atLeast = Precedence::Any);
  // `{ x }` when that is all there is.
  std::string block(const Block &block);
  // One statement a line, whatever there is.
  std::string body(const Block &block);

  std::string indentation(unsigned more = 0) const { return std::string(2 * (indent + more), ' '); }
  bool fits(const std::string &line) const;

  unsigned indent = 0;
};

std::string joined(const std::vector<std::string> &parts, const char *separator);
std::string namesOf(const std::vector<Name> &names);

} // namespace nn::ast
#endif
