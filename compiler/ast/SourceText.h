// The canonical layout of each node. Every child is laid out once, in the order of the text, so that comments
// are met at the place where they stand.
#ifndef NN_AST_SOURCETEXT_H
#define NN_AST_SOURCETEXT_H

#include "compiler/ast/Decl.h"
#include "compiler/ast/Layout.h"
#include "compiler/ast/Precedence.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace nn::ast {

class SourceText {
public:
  // Without trivia there are no comments, and no line breaks but those the layout needs.
  explicit SourceText(const Trivia *trivia = nullptr) : trivia(trivia) {}

  // PrintDecl.cpp
  Layout of(const File &file);
  Layout of(const Decl &decl);
  // Without their bodies.
  Layout module(const ModuleDecl &decl);
  Layout function(const FunctionDecl &decl);
  Layout optimizer(const OptimizerDecl &decl);
  // PrintStmt.cpp
  Layout of(const Stmt &stmt);
  // PrintExpr.cpp
  Layout of(const Expr &expr, Precedence atLeast = Precedence::Any);
  Layout of(const TypeExpr &type);

private:
  // PrintTrivia.cpp. Each takes comments that stand before `end` and were not taken yet:
  // those of odd places, for the end of the line;
  Layout passing(uint32_t end);
  // the one behind the token before, whose line must end now;
  Layout trailing(uint32_t end, bool breaks = true);
  // those on lines of their own, before something that begins a line.
  Layout leading(uint32_t end);
  bool hasCommentBefore(uint32_t end) const;
  bool breaksBetween(uint32_t begin, uint32_t end) const;

  // Statements or declarations, one a line, with the comments and blank lines between them.
  struct Sequence {
    Layout text;
    uint32_t previousEnd = 0;
    bool isFirst = true;
  };
  void separate(Sequence &sequence, uint32_t begin, bool blank = false);
  void comments(Sequence &sequence, uint32_t end, bool blank = false);
  void finish(Sequence &sequence, uint32_t itemEnd, uint32_t nextBegin);

  // `open a, b close`, an element a line if it does not fit on one. `end` is where comments of the list end.
  Layout list(const char *open, size_t count, llvm::function_ref<uint32_t(size_t)> beginOf,
              llvm::function_ref<Layout(size_t)> layoutOf, uint32_t end, const char *close);
  Layout parameters(const std::vector<Parameter> &parameters, uint32_t end);
  Layout arguments(const std::vector<Argument> &arguments, uint32_t end);
  Layout subscripts(const IndexExpr &expr);
  Layout elements(const char *open, const std::vector<ExprPtr> &elements, uint32_t end, const char *close);
  Layout results(const std::vector<TypePtr> &results, bool isTuple);
  Layout exprs(const std::vector<ExprPtr> &exprs, Precedence atLeast);

  Layout withoutComments(const Expr &expr);
  Layout withoutComments(const TypeExpr &type);
  Layout binary(const BinaryExpr &expr);
  Layout pipe(const BinaryExpr &expr);
  // `head |> a |> b`: a step begins a line where the author's does, or where the line is too long.
  Layout pipeline(Layout head, uint32_t headEnd, const std::vector<const Expr *> &steps);
  Layout ifText(const IfExpr &expr);
  Layout scan(const ScanExpr &expr);
  // `{ x }` when a short statement is all there is.
  Layout block(const Block &block);
  // One statement a line, whatever there is.
  Layout body(const Block &block);

  Layout minimize(const MinimizeStmt &stmt);
  Layout binding(const Binding &binding);
  Layout column(const ColumnStmt &stmt);
  Layout freeze(const FreezeStmt &stmt);

  Layout withBody(Layout heading, const Block &body);

  const Trivia *trivia;
  size_t nextComment = 0;
};

std::string namesOf(const std::vector<Name> &names);

// Longer lines are broken; what stands between the braces of a block on one line is shorter.
constexpr size_t longestLine = 120, longestInlineBlock = 60;

} // namespace nn::ast
#endif
