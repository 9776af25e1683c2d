// Statements of bodies: `let`, `param`, `state`, assignments, `for`, `if`, and the value at the end.
#include "compiler/sema/Evaluator.h"

namespace nn::sema {

using ast::Stmt;

namespace {

// Turns of one `for`: each builds its own nodes.
constexpr int64_t maxTurns = 10'000;

const char *wordOf(Stmt::Kind kind) {
  switch (kind) {
  case Stmt::Kind::Action:
    return "action";
  case Stmt::Kind::Column:
    return "field";
  case Stmt::Kind::Augment:
    return "augment";
  case Stmt::Kind::Minimize:
    return "minimize";
  case Stmt::Kind::Measure:
    return "measure";
  case Stmt::Kind::Observe:
    return "observe";
  case Stmt::Kind::Yield:
    return "yield";
  case Stmt::Kind::Start:
    return "start";
  case Stmt::Kind::Freeze:
    return "freeze";
  default:
    return "statement";
  }
}

} // namespace

void Evaluator::bind(const ast::Name &name, Value value) {
  scope->variables[name.text] = {std::move(value), name.where, true, ""};
}

Value Evaluator::evaluateBlock(const ast::Block &block) {
  Restore restore(*this);
  Scope inner;
  inner.parent = scope;
  scope = &inner;
  return evaluateStatements(block);
}

Value Evaluator::evaluateStatements(const ast::Block &block) {
  Value last = Nothing();
  bool poisoned = false;
  for (size_t i = 0; i < block.statements.size(); ++i) {
    const Stmt &stmt = *block.statements[i];
    bool isLast = i + 1 == block.statements.size();
    last = execute(stmt);
    poisoned |= last.isPoison();
    // What a `require` protects would fail after it, too.
    auto *expr = llvm::dyn_cast<ast::ExprStmt>(&stmt);
    bool isRefused = expr && !isLast && llvm::isa<ast::CallExpr>(*expr->value) && last.isPoison();
    if (exhausted || isRefused)
      return Poison();
    if (!isLast && stmt.kind == Stmt::Kind::Expression && !last.isNothing() && !last.isPoison())
      error(DiagnosticKind::UnusedResult, stmt.where, {"this value"});
  }
  return poisoned ? Value(Poison()) : last;
}

// What a statement is worth: the value of an expression, nothing, or poison after an error.
Value Evaluator::execute(const Stmt &stmt) {
  switch (stmt.kind) {
  case Stmt::Kind::Let:
    evaluateLet(llvm::cast<ast::LetStmt>(stmt));
    return Nothing();
  case Stmt::Kind::Param:
    return declareParameter(llvm::cast<ast::ParamStmt>(stmt));
  case Stmt::Kind::State: {
    Value result = Nothing();
    for (const ast::Binding &binding : llvm::cast<ast::StateStmt>(stmt).bindings)
      if (declareState(binding).isPoison())
        result = Poison();
    return result;
  }
  case Stmt::Kind::For:
    evaluateFor(llvm::cast<ast::ForStmt>(stmt));
    return Nothing();
  case Stmt::Kind::Assign:
    assign(llvm::cast<ast::AssignStmt>(stmt));
    return Nothing();
  case Stmt::Kind::Yield:
    return yield(llvm::cast<ast::YieldStmt>(stmt));
  case Stmt::Kind::Expression:
    return evaluate(*llvm::cast<ast::ExprStmt>(stmt).value);
  default:
    return fail(DiagnosticKind::MisplacedStatement, stmt.where, {wordOf(stmt.kind)});
  }
}

// `let w: f32[k] = weights` in the library is about what the user gave as `weights`.
Value Evaluator::acceptLet(const ast::LetStmt &stmt, const Value &value) {
  std::string name = stmt.names[0].text;
  Location where = stmt.value->where;
  auto *given = llvm::dyn_cast<ast::NameExpr>(stmt.value.get());
  if (const Variable *variable = given ? scope->find(given->name) : nullptr;
      variable && program.reporter.isLibrary(where) && variable->given.isValid()) {
    name = given->name;
    where = variable->given;
  }
  return accept(stmt.type.get(), "`" + name + "`", value, where, stmt.type->where);
}

void Evaluator::evaluateLet(const ast::LetStmt &stmt) {
  boundName = stmt.isPattern || stmt.value->kind != ast::Expr::Kind::Call ? "" : stmt.names[0].text;
  Value value = evaluate(*stmt.value);
  boundName.clear();
  if (value.isNothing())
    value = fail(DiagnosticKind::NoValue, stmt.value->where, {"nothing", "a value"});
  if (stmt.type)
    value = acceptLet(stmt, value);
  if (!stmt.isPattern)
    return bind(stmt.names[0], value);

  auto *sequence = value.sequence();
  if (!value.isPoison() && (!sequence || sequence->elements.size() != stmt.names.size())) {
    std::string expected = "a tuple of " + std::to_string(stmt.names.size());
    value = fail(DiagnosticKind::WrongPattern, stmt.value->where, {describe(value), expected});
  }
  for (size_t i = 0; i < stmt.names.size(); ++i)
    bind(stmt.names[i], value.isPoison() ? value : value.sequence()->elements[i]);
}

Value Evaluator::declareParameter(const ast::ParamStmt &stmt) {
  const ast::Binding &binding = stmt.binding;
  Value value = Poison();
  if (frame->parent->network.empty() || frame->isOptimizer || graph->isInit) {
    error(DiagnosticKind::ParameterOutsideNetwork, binding.where, {binding.name.text});
  } else if (!binding.value) {
    error(DiagnosticKind::MissingInitializer, binding.where, {binding.name.text});
  } else if (binding.type && binding.type->name.text != "f32") {
    const std::string &word = binding.type->name.text;
    if (word == "int" || word == "class")
      error(DiagnosticKind::IntegerParameter, binding.type->where,
            {binding.name.text, text(binding.type->where)});
    else
      error(DiagnosticKind::ParameterType, binding.type->where,
            {"`" + text(binding.type->where) + "`", "`f32[…]`"});
  } else {
    static const std::vector<ast::DimExpr> scalar;
    if (auto shape = shapeOf(binding.type ? binding.type->shape : scalar, true))
      value = slot("parameter", frame->parent->childPath(binding.name.text), *shape, binding.value.get(),
                   binding.where);
  }
  scope->variables[binding.name.text] = {value, binding.name.where, false, ""};
  return value.isPoison() ? value : Value(Nothing());
}

Value Evaluator::declareState(const ast::Binding &binding) {
  if (frame->isOptimizer)
    return declareOptimizerState(binding);
  Value value = Poison();
  std::string path = frame->parent->childPath(binding.name.text);
  if (frame->parent->network.empty() || graph->isInit) {
    error(DiagnosticKind::ParameterOutsideNetwork, binding.where, {binding.name.text});
  } else if (!binding.value) {
    error(DiagnosticKind::MissingInitializer, binding.where, {binding.name.text});
  } else if (binding.type && binding.type->name.text != "f32") {
    error(DiagnosticKind::StateType, binding.type->where,
          {"`" + text(binding.type->where) + "`", "`f32[…]`"});
  } else {
    static const std::vector<ast::DimExpr> scalar;
    if (auto shape = shapeOf(binding.type ? binding.type->shape : scalar, true))
      value = slot("state", path, *shape, binding.value.get(), binding.where);
  }
  bool good = !value.isPoison();
  scope->variables[binding.name.text] = {value, binding.name.where, true, good ? path : ""};
  return good ? Value(Nothing()) : value;
}

Value Evaluator::declareOptimizerState(const ast::Binding &binding) {
  if (!binding.value)
    return fail(DiagnosticKind::MissingInitializer, binding.where, {binding.name.text});
  // `classify.Adam.m.LeNet.Conv_1.W`, of the shape of what it belongs to.
  std::string path = frame->parent->path + "." + binding.name.text + "." + optimized;
  const Slot *parameter = program.findSlot(optimized);
  Shape shape = parameter->shape;
  if (binding.type && binding.type->hasShape) {
    auto written = shapeOf(binding.type->shape, true);
    if (!written)
      return Poison();
    shape = *written;
  }
  Value value = slot("optimizer", path, shape, binding.value.get(), binding.where);
  bool good = !value.isPoison();
  scope->variables[binding.name.text] = {value, binding.name.where, true, good ? path : ""};
  return good ? Value(Nothing()) : value;
}

void Evaluator::assign(const ast::AssignStmt &stmt) {
  Value value = evaluate(*stmt.value);
  Variable *variable = scope->find(stmt.target.text);
  if (!variable) {
    unknownName("name", stmt.target.text, stmt.target.where, visibleNames());
    return;
  }
  if (!variable->assignable) {
    error(DiagnosticKind::NotAssignable, stmt.target.where, {stmt.target.text})
        .label(variable->where, "bound here");
    return;
  }
  if (!mayAssign(*variable, stmt))
    return;
  if (variable->slot.empty()) {
    if (variable->carriedShape && !assignState(*variable, stmt, value))
      value = Poison();
    variable->value = value;
    return;
  }
  if (!graph->training) {
    error(DiagnosticKind::StateOutsideTraining, stmt.target.where, {stmt.target.text});
    return;
  }
  auto x = value.isPoison() ? std::nullopt : asFloat(value, stmt.value->where);
  if (!x)
    return;
  const Shape &shape = program.findSlot(variable->slot)->shape;
  if (builder().shapeOf(*x).empty())
    x = builder().broadcast(*x, shape);
  if (builder().shapeOf(*x) != shape) {
    error(DiagnosticKind::StateShape, stmt.value->where,
          {"`" + stmt.target.text + "`", toString(typeOf(*x)), "f32" + toString(shape)})
        .label(variable->where, "declared here");
    return;
  }
  graph->current[variable->slot] = *x;
}

void Evaluator::evaluateFor(const ast::ForStmt &stmt) {
  Value range = evaluate(*stmt.range);
  std::vector<Value> turns;
  if (auto *ints = range.as<IntRange>()) {
    if (ints->end > ints->begin &&
        (ints->begin < -maxTurns || ints->end > maxTurns || ints->end - ints->begin > maxTurns)) {
      error(DiagnosticKind::TooManyTurns, stmt.range->where, {std::to_string(maxTurns)});
      return;
    }
    for (int64_t i = ints->begin; i < ints->end; ++i)
      turns.push_back(i);
  } else if (auto *sequence = range.sequence()) {
    turns = sequence->elements;
  } else {
    if (!range.isPoison())
      error(DiagnosticKind::NotIterable, stmt.range->where, {describe(range), "a range or a list"});
    return;
  }
  for (const Value &turn : turns) {
    Restore restore(*this);
    Scope inner;
    inner.parent = scope;
    scope = &inner;
    inner.variables[stmt.variable.text] = {turn, stmt.variable.where, false, ""};
    Value value = evaluateStatements(stmt.body);
    if (value.isPoison() || exhausted)
      return;
    if (!value.isNothing()) {
      error(DiagnosticKind::UnusedResult, stmt.body.statements.back()->where, {"this value"});
      return;
    }
  }
}

Value Evaluator::evaluateIf(const ast::IfExpr &expr) {
  auto condition = asBool(evaluate(*expr.condition), expr.condition->where, "a condition of `if`");
  if (!condition)
    return Poison();
  if (*condition)
    return evaluateBlock(expr.then);
  return expr.otherwise ? evaluateBlock(*expr.otherwise) : Value(Nothing());
}

} // namespace nn::sema
