// Declarations, one method per alternative of `item`.
#include "compiler/parse/Build.h"

namespace nn::parsing {

ast::DeclPtr Builder::buildItem(P::ItemContext *item) {
  auto *child = static_cast<antlr4::ParserRuleContext *>(item->children.front());
  ast::DeclPtr decl = [&]() -> ast::DeclPtr {
    switch (child->getRuleIndex()) {
    case P::RuleImportDecl:
      return build(item->importDecl());
    case P::RuleHyperDecl:
      return build(item->hyperDecl());
    case P::RuleDataDecl:
      return build(item->dataDecl());
    case P::RuleModuleDecl:
      return build(item->moduleDecl());
    case P::RuleFnDecl:
      return build(item->fnDecl());
    case P::RuleOptimizerDecl:
      return build(item->optimizerDecl());
    case P::RuleEnvironmentDecl:
      return build(item->environmentDecl());
    case P::RuleTrainDecl:
      return build(item->trainDecl());
    case P::RulePredictDecl:
      return build(item->predictDecl());
    default:
      return build(item->selectDecl());
    }
  }();
  decl->doc = docBefore(item);
  return decl;
}

ast::DeclPtr Builder::build(P::ImportDeclContext *context) {
  auto decl = make<ast::ImportDecl>(context);
  if (P::DottedContext *dotted = context->dotted()) {
    decl->dotted = buildNames(dotted->name());
    decl->targetWhere = map.of(dotted);
  } else {
    antlr4::Token *path = context->STRING()->getSymbol();
    decl->path = buildString(path);
    decl->targetWhere = map.of(path);
  }
  if (context->name())
    decl->alias = buildName(context->name());
  return decl;
}

ast::DeclPtr Builder::build(P::HyperDeclContext *context) {
  auto decl = make<ast::HyperDecl>(context);
  decl->name = buildName(context->name());
  decl->type = buildType(context->type());
  decl->value = buildExpression(context->expr(0));
  decl->range = buildExpression(context->expr(1));
  return decl;
}

ast::DeclPtr Builder::build(P::DataDeclContext *context) {
  auto decl = make<ast::DataDecl>(context);
  decl->name = buildName(context->name());
  decl->body = buildBlock(context->block());
  return decl;
}

static ast::ModuleKind moduleKind(size_t word) {
  switch (word) {
  case Kinds::LAYER:
    return ast::ModuleKind::Layer;
  case Kinds::NETWORK:
    return ast::ModuleKind::Network;
  case Kinds::LOSS:
    return ast::ModuleKind::Loss;
  case Kinds::METRIC:
    return ast::ModuleKind::Metric;
  default:
    return ast::ModuleKind::Initializer;
  }
}

ast::DeclPtr Builder::build(P::ModuleDeclContext *context) {
  auto decl = make<ast::ModuleDecl>(context);
  decl->module = moduleKind(context->kind->getType());
  decl->name = buildName(context->name());
  std::vector<P::ParamsContext *> lists = context->params();
  if (lists.size() == 2) {
    decl->construction = buildParameters(lists.front());
    decl->constructionWhere = map.of(lists.front());
  }
  decl->data = buildParameters(lists.back());
  buildResults(context->results(), *decl);
  decl->body = buildBlock(context->block());
  return decl;
}

ast::DeclPtr Builder::build(P::FnDeclContext *context) {
  auto decl = make<ast::FunctionDecl>(context);
  decl->name = buildName(context->name());
  decl->parameters = buildParameters(context->params());
  buildResults(context->results(), *decl);
  decl->body = buildBlock(context->block());
  return decl;
}

ast::DeclPtr Builder::build(P::OptimizerDeclContext *context) {
  auto decl = make<ast::OptimizerDecl>(context);
  decl->name = buildName(context->name());
  decl->construction = buildParameters(context->params(0));
  decl->constructionWhere = map.of(context->params(0));
  decl->data = buildParameters(context->params(1));
  decl->body = buildBlock(context->block());
  return decl;
}

ast::DeclPtr Builder::build(P::EnvironmentDeclContext *context) {
  auto decl = make<ast::EnvironmentDecl>(context);
  decl->name = buildName(context->name());
  if (context->params())
    decl->parameters = buildParameters(context->params());
  decl->body = buildBlock(context->block());
  return decl;
}

ast::DeclPtr Builder::build(P::TrainDeclContext *context) {
  auto decl = make<ast::TrainDecl>(context);
  std::vector<ast::Name> names = buildNames(context->name());
  decl->name = std::move(names.front());
  decl->data.assign(std::make_move_iterator(names.begin() + 1), std::make_move_iterator(names.end()));
  decl->body = buildBlock(context->block());
  return decl;
}

ast::DeclPtr Builder::build(P::PredictDeclContext *context) {
  auto decl = make<ast::PredictDecl>(context);
  decl->value = buildExpression(context->expr());
  return decl;
}

ast::DeclPtr Builder::build(P::SelectDeclContext *context) {
  auto decl = make<ast::SelectDecl>(context);
  decl->name = buildName(context->name(0));
  decl->of = buildName(context->name(1));
  decl->with = buildExpression(context->expr());
  return decl;
}

std::vector<ast::Parameter> Builder::buildParameters(P::ParamsContext *params) {
  std::vector<ast::Parameter> parameters;
  for (P::ParamContext *param : params->param())
    parameters.push_back(
        {buildName(param->name()), buildType(param->type()), buildExpression(param->expr()), map.of(param)});
  return parameters;
}

template <typename Decl> void Builder::buildResults(P::ResultsContext *results, Decl &decl) {
  if (!results)
    return;
  decl.results = buildTypes(results->type());
  decl.resultIsTuple = results->LPAREN() != nullptr;
}

} // namespace nn::parsing
