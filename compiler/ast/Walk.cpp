#include "compiler/ast/Walk.h"

namespace nn::ast {

using llvm::cast;
using llvm::dyn_cast;

namespace {

class Walker {
public:
  Walker(llvm::function_ref<void(const Expr &)> onExpr, llvm::function_ref<void(const Stmt &)> onStmt)
      : onExpr(onExpr), onStmt(onStmt) {}

  void decl(const Decl &decl);
  void expr(const Expr *expr);

private:
  void block(const Block &block);
  void stmt(const Stmt &stmt);
  void type(const TypeExpr *type);
  void exprs(const std::vector<ExprPtr> &list);
  void arguments(const std::vector<Argument> &list);
  void parameters(const std::vector<Parameter> &list);
  void binding(const Binding &binding);

  llvm::function_ref<void(const Expr &)> onExpr;
  llvm::function_ref<void(const Stmt &)> onStmt;
};

void Walker::block(const Block &block) {
  for (const StmtPtr &each : block.statements)
    stmt(*each);
}

void Walker::exprs(const std::vector<ExprPtr> &list) {
  for (const ExprPtr &each : list)
    expr(each.get());
}

void Walker::arguments(const std::vector<Argument> &list) {
  for (const Argument &each : list)
    expr(each.value.get());
}

void Walker::parameters(const std::vector<Parameter> &list) {
  for (const Parameter &each : list) {
    type(each.type.get());
    expr(each.value.get());
  }
}

void Walker::binding(const Binding &binding) {
  type(binding.type.get());
  expr(binding.value.get());
}

void Walker::type(const TypeExpr *type) {
  if (!type)
    return;
  arguments(type->arguments);
  for (const DimExpr &dim : type->shape)
    expr(dim.size.get());
  for (const TypePtr &parameter : type->parameters)
    this->type(parameter.get());
  this->type(type->result.get());
}

void Walker::expr(const Expr *expr) {
  if (!expr)
    return;
  onExpr(*expr);
  if (auto *call = dyn_cast<CallExpr>(expr)) {
    this->expr(call->callee.get());
    arguments(call->arguments);
  } else if (auto *index = dyn_cast<IndexExpr>(expr)) {
    this->expr(index->base.get());
    for (const Subscript &subscript : index->subscripts) {
      this->expr(subscript.begin.get());
      this->expr(subscript.end.get());
    }
  } else if (auto *member = dyn_cast<MemberExpr>(expr)) {
    this->expr(member->base.get());
  } else if (auto *unary = dyn_cast<UnaryExpr>(expr)) {
    this->expr(unary->operand.get());
  } else if (auto *binary = dyn_cast<BinaryExpr>(expr)) {
    this->expr(binary->left.get());
    this->expr(binary->right.get());
  } else if (auto *choice = dyn_cast<IfExpr>(expr)) {
    this->expr(choice->condition.get());
    block(choice->then);
    if (choice->otherwise)
      block(*choice->otherwise);
  } else if (auto *scan = dyn_cast<ScanExpr>(expr)) {
    exprs(scan->sequences);
    this->expr(scan->reverseIf.get());
    for (const Binding &each : scan->carried)
      binding(each);
    block(scan->body);
  } else if (auto *tuple = dyn_cast<TupleExpr>(expr)) {
    exprs(tuple->elements);
  } else if (auto *list = dyn_cast<ListExpr>(expr)) {
    exprs(list->elements);
  }
}

void Walker::stmt(const Stmt &stmt) {
  onStmt(stmt);
  if (auto *let = dyn_cast<LetStmt>(&stmt)) {
    type(let->type.get());
    expr(let->value.get());
  } else if (auto *param = dyn_cast<ParamStmt>(&stmt)) {
    binding(param->binding);
  } else if (auto *state = dyn_cast<StateStmt>(&stmt)) {
    for (const Binding &each : state->bindings)
      binding(each);
  } else if (auto *action = dyn_cast<ActionStmt>(&stmt)) {
    binding(action->binding);
  } else if (auto *column = dyn_cast<ColumnStmt>(&stmt)) {
    type(column->type.get());
    exprs(column->steps);
  } else if (auto *augment = dyn_cast<AugmentStmt>(&stmt)) {
    exprs(augment->steps);
  } else if (auto *minimize = dyn_cast<MinimizeStmt>(&stmt)) {
    expr(minimize->objective.get());
    for (const ParameterGroup &group : minimize->groups) {
      exprs(group.over);
      expr(group.optimizer.get());
    }
  } else if (auto *measure = dyn_cast<MeasureStmt>(&stmt)) {
    expr(measure->value.get());
  } else if (auto *observe = dyn_cast<ObserveStmt>(&stmt)) {
    expr(observe->value.get());
  } else if (auto *yield = dyn_cast<YieldStmt>(&stmt)) {
    expr(yield->value.get());
  } else if (auto *start = dyn_cast<StartStmt>(&stmt)) {
    expr(start->what.get());
    expr(start->from.get());
  } else if (auto *freeze = dyn_cast<FreezeStmt>(&stmt)) {
    exprs(freeze->what);
    expr(freeze->duration.get());
  } else if (auto *loop = dyn_cast<ForStmt>(&stmt)) {
    expr(loop->range.get());
    block(loop->body);
  } else if (auto *assign = dyn_cast<AssignStmt>(&stmt)) {
    expr(assign->value.get());
  } else {
    expr(cast<ExprStmt>(&stmt)->value.get());
  }
}

void Walker::decl(const Decl &decl) {
  if (auto *hyper = dyn_cast<HyperDecl>(&decl)) {
    type(hyper->type.get());
    expr(hyper->value.get());
    expr(hyper->range.get());
  } else if (auto *data = dyn_cast<DataDecl>(&decl)) {
    block(data->body);
  } else if (auto *module = dyn_cast<ModuleDecl>(&decl)) {
    if (module->construction)
      parameters(*module->construction);
    parameters(module->data);
    block(module->body);
  } else if (auto *function = dyn_cast<FunctionDecl>(&decl)) {
    parameters(function->parameters);
    block(function->body);
  } else if (auto *optimizer = dyn_cast<OptimizerDecl>(&decl)) {
    parameters(optimizer->construction);
    parameters(optimizer->data);
    block(optimizer->body);
  } else if (auto *environment = dyn_cast<EnvironmentDecl>(&decl)) {
    parameters(environment->parameters);
    block(environment->body);
  } else if (auto *train = dyn_cast<TrainDecl>(&decl)) {
    block(train->body);
  } else if (auto *predict = dyn_cast<PredictDecl>(&decl)) {
    expr(predict->value.get());
  } else if (auto *select = dyn_cast<SelectDecl>(&decl)) {
    expr(select->with.get());
  }
}

} // namespace

void walk(const Decl &decl, llvm::function_ref<void(const Expr &)> onExpr,
          llvm::function_ref<void(const Stmt &)> onStmt) {
  Walker(onExpr, onStmt).decl(decl);
}

void walk(const Expr &expr, llvm::function_ref<void(const Expr &)> onExpr) {
  Walker(onExpr, [](const Stmt &) {}).expr(&expr);
}

} // namespace nn::ast
