// Written types.
#include "compiler/parse/Build.h"
#include "compiler/parse/Dispatch.h"

namespace nn::parsing {

ast::TypePtr Builder::buildType(P::TypeContext *type) {
  return dispatch<P::NamedTypeContext, P::FunctionTypeContext>(type, [&](auto *form) { return build(form); });
}

ast::TypePtr Builder::build(P::NamedTypeContext *context) {
  auto type = std::make_unique<ast::TypeExpr>();
  type->where = map.of(context);
  type->name = buildName(context->name());
  type->hasArguments = context->args() != nullptr;
  if (type->hasArguments)
    type->arguments = buildArguments(context->args());
  type->hasShape = context->LBRACKET() != nullptr;
  for (P::DimContext *dim : context->dim())
    type->shape.push_back({buildExpression(dim->expr()), map.of(dim)});
  return type;
}

// The last type is the result, the others are the parameters.
ast::TypePtr Builder::build(P::FunctionTypeContext *context) {
  auto type = std::make_unique<ast::TypeExpr>();
  type->where = map.of(context);
  type->name = {"fn", map.of(context->FN()->getSymbol())};
  type->parameters = buildTypes(context->type());
  type->result = std::move(type->parameters.back());
  type->parameters.pop_back();
  return type;
}

std::vector<ast::TypePtr> Builder::buildTypes(const std::vector<P::TypeContext *> &contexts) {
  std::vector<ast::TypePtr> types;
  for (P::TypeContext *type : contexts)
    types.push_back(buildType(type));
  return types;
}

} // namespace nn::parsing
