// Parse tree to AST. One method per construct, grouped into files by subject; the parse tree is complete and
// free of errors when this runs. What the grammar cannot say is checked here: numbers, units, escapes, the
// target of a pipe.
#ifndef NN_PARSE_BUILD_H
#define NN_PARSE_BUILD_H

#include "NNParser.h"
#include "compiler/ast/Decl.h"
#include "compiler/parse/Lex.h"

namespace nn::parsing {

using P = grammar::NNParser;

class Builder {
public:
  Builder(const SourceMap &map, const Docs &docs, Reporter &reporter)
      : map(map), docs(docs), reporter(reporter) {}

  std::unique_ptr<ast::File> buildFile(P::ProgramContext *program);

private:
  // BuildFile.cpp: what all the others use.
  ast::Name buildName(P::NameContext *name);
  std::vector<ast::Name> buildNames(const std::vector<P::NameContext *> &names);
  ast::Block buildBlock(P::BlockContext *block);
  std::string docOf(const ast::File &file) const;
  std::string docBefore(antlr4::ParserRuleContext *context) const;
  template <typename Node, typename Context> std::unique_ptr<Node> make(Context *context) const {
    return std::make_unique<Node>(map.of(context));
  }

  // BuildDeclaration.cpp
  ast::DeclPtr buildItem(P::ItemContext *item);
  ast::DeclPtr build(P::ImportDeclContext *decl);
  ast::DeclPtr build(P::HyperDeclContext *decl);
  ast::DeclPtr build(P::DataDeclContext *decl);
  ast::DeclPtr build(P::ModuleDeclContext *decl);
  ast::DeclPtr build(P::FnDeclContext *decl);
  ast::DeclPtr build(P::OptimizerDeclContext *decl);
  ast::DeclPtr build(P::EnvironmentDeclContext *decl);
  ast::DeclPtr build(P::TrainDeclContext *decl);
  ast::DeclPtr build(P::PredictDeclContext *decl);
  ast::DeclPtr build(P::SelectDeclContext *decl);
  std::vector<ast::Parameter> buildParameters(P::ParamsContext *params);
  template <typename Decl> void buildResults(P::ResultsContext *results, Decl &decl);

  // BuildType.cpp
  ast::TypePtr buildType(P::TypeContext *type); // null for null
  ast::TypePtr build(P::NamedTypeContext *type);
  ast::TypePtr build(P::FunctionTypeContext *type);
  std::vector<ast::TypePtr> buildTypes(const std::vector<P::TypeContext *> &types);

  // BuildStatement.cpp
  ast::StmtPtr buildStatement(P::StmtContext *stmt);
  ast::StmtPtr build(P::LetStmtContext *stmt);
  ast::StmtPtr build(P::ParamStmtContext *stmt);
  ast::StmtPtr build(P::StateStmtContext *stmt);
  ast::StmtPtr build(P::ActionStmtContext *stmt);
  ast::StmtPtr build(P::ColumnStmtContext *stmt);
  ast::StmtPtr build(P::AugmentStmtContext *stmt);
  ast::StmtPtr build(P::ForStmtContext *stmt);
  ast::StmtPtr build(P::YieldStmtContext *stmt);
  ast::StmtPtr build(P::AssignStmtContext *stmt);
  ast::StmtPtr build(P::ExprStmtContext *stmt);
  ast::Binding buildBinding(P::BindingContext *binding);

  // BuildTraining.cpp: statements of `train` and `environment`.
  ast::StmtPtr build(P::MinimizeStmtContext *stmt);
  ast::StmtPtr build(P::MeasureStmtContext *stmt);
  ast::StmtPtr build(P::ObserveStmtContext *stmt);
  ast::StmtPtr build(P::StartStmtContext *stmt);
  ast::StmtPtr build(P::FreezeStmtContext *stmt);

  // BuildExpression.cpp
  ast::ExprPtr buildExpression(P::ExprContext *expr); // null for null
  std::vector<ast::ExprPtr> buildExpressions(const std::vector<P::ExprContext *> &exprs);
  ast::ExprPtr build(P::CallContext *expr);
  ast::ExprPtr build(P::IndexContext *expr);
  ast::ExprPtr build(P::MemberContext *expr);
  ast::ExprPtr build(P::UnaryContext *expr);
  ast::ExprPtr build(P::BinaryContext *expr);
  ast::ExprPtr build(P::GroupContext *expr);
  ast::ExprPtr build(P::ListContext *expr);
  ast::ExprPtr build(P::NameExprContext *expr);
  std::vector<ast::Argument> buildArguments(P::ArgsContext *args);
  ast::Subscript buildSubscript(P::SubscriptContext *subscript);
  std::vector<ast::ExprPtr> buildPipeline(P::ExprContext *expr);
  void checkPipeTarget(const ast::Expr &target);

  // BuildControl.cpp
  ast::ExprPtr build(P::IfContext *expr);
  ast::ExprPtr build(P::ScanContext *expr);
  std::unique_ptr<ast::IfExpr> buildIf(P::IfExprContext *expr);

  // BuildLiteral.cpp
  ast::ExprPtr build(P::LitContext *expr);
  ast::ExprPtr build(P::ShareContext *expr);
  ast::ExprPtr buildNumber(antlr4::Token *token);
  std::unique_ptr<ast::QuantityExpr> buildQuantity(antlr4::Token *token);
  std::string buildString(antlr4::Token *token); // without quotes, escapes resolved
  void reportEscape(const std::string &escape, uint32_t begin);

  const SourceMap &map;
  const Docs &docs;
  Reporter &reporter;
};

} // namespace nn::parsing
#endif
