// `scan`: the body is evaluated once, on the states at the beginning of a step; what it carries must come
// back with the same shape.
#include "compiler/sema/Evaluator.h"

namespace nn::sema {

using typed::Element;

namespace {

// Brings an axis to another place.
typed::Value moveAxis(GraphBuilder &builder, typed::Value x, size_t from, size_t to) {
  std::vector<int64_t> permutation = allAxes(builder.shapeOf(x).size());
  permutation.erase(permutation.begin() + long(from));
  permutation.insert(permutation.begin() + long(to), int64_t(from));
  return from == to ? x : builder.transpose(x, permutation);
}

// Where the scanned axis stands in the graph: behind the batch, if that is the first of the others.
size_t placeOfSteps(const Shape &element) { return !element.empty() && element.front().batch ? 1 : 0; }

} // namespace

// The size that `along t` names.
std::optional<int64_t> Evaluator::scannedSteps(const ast::ScanExpr &expr) {
  Value size = lookUp(expr.axis.text, expr.axis.where);
  if (size.isPoison())
    return std::nullopt;
  if (size.as<BatchSize>()) {
    error(DiagnosticKind::BatchAxis, expr.axis.where, {"scan"});
    return std::nullopt;
  }
  return asInt(size, expr.axis.where, "the axis of a `scan`");
}

std::optional<bool> Evaluator::isReverse(const ast::ScanExpr &expr) {
  if (!expr.reverseIf)
    return expr.reverse;
  return asBool(evaluate(*expr.reverseIf), expr.reverseIf->where, "the condition of `reverse if`");
}

// By its name in the declaration of a parameter, else by its size.
std::optional<size_t> Evaluator::scannedAxis(const ast::Expr &sequence, const Shape &shape,
                                             const ast::Name &axis, int64_t steps) {
  auto *name = llvm::dyn_cast<ast::NameExpr>(&sequence);
  const Variable *variable = name ? scope->find(name->name) : nullptr;
  const ast::TypeExpr *type = variable ? variable->type : nullptr;
  bool fromEnd = false;
  for (size_t i = 0; type && i < type->shape.size(); ++i) {
    fromEnd |= !type->shape[i].size;
    auto *size = llvm::dyn_cast_or_null<ast::NameExpr>(type->shape[i].size.get());
    size_t place = fromEnd ? shape.size() - (type->shape.size() - i) : i;
    if (size && size->name == axis.text && place < shape.size())
      return place;
  }
  std::vector<size_t> places;
  for (size_t i = 0; i < shape.size(); ++i)
    if (!shape[i].batch && shape[i].size == steps)
      places.push_back(i);
  if (places.size() == 1)
    return places[0];
  if (places.empty())
    error(DiagnosticKind::ScanAxisMissing, sequence.where,
          {"`" + toString(shape) + "`", axis.text, std::to_string(steps)})
        .label(axis.where, "the axis to go along");
  else
    error(DiagnosticKind::ScanAxisAmbiguous, sequence.where, {toString(shape), axis.text})
        .label(axis.where, "the axis to go along")
        .note("a parameter `x: f32[b, " + axis.text + ", n]` names its axes");
  return std::nullopt;
}

bool Evaluator::readSequences(const ast::ScanExpr &expr, std::vector<ScanSequence> &sequences) {
  auto steps = scannedSteps(expr);
  if (!steps)
    return false;
  if (expr.elements.size() != expr.sequences.size()) {
    error(DiagnosticKind::ScanSequenceCount, expr.where,
          {std::to_string(expr.elements.size()), std::to_string(expr.sequences.size())});
    return false;
  }
  bool good = true;
  for (const ast::ExprPtr &sequence : expr.sequences) {
    ScanSequence &read = sequences.emplace_back();
    read.steps = *steps;
    read.constant = evaluate(*sequence);
    if (read.constant.isNumber() || read.constant.as<bool>())
      continue;
    read.tensor = asTensor(read.constant, sequence->where);
    auto axis = read.tensor ? scannedAxis(*sequence, builder().shapeOf(*read.tensor), expr.axis, *steps)
                            : std::nullopt;
    if (!axis) {
      good = false;
      continue;
    }
    read.axis = *axis;
    Shape element = without(builder().shapeOf(*read.tensor), {int64_t(*axis)});
    read.tensor = moveAxis(builder(), *read.tensor, *axis, placeOfSteps(element));
  }
  bool any = llvm::any_of(sequences, [](const ScanSequence &s) { return s.tensor.has_value(); });
  if (good && !any)
    error(DiagnosticKind::ScanNoSequence, expr.sequences[0]->where, {describe(sequences[0].constant)});
  return good && any;
}

// The states at the beginning of a step become names of the body.
bool Evaluator::bindStates(const ast::ScanExpr &expr, int64_t scan, Scope &body,
                           std::vector<typed::Value> &first) {
  bool good = true;
  for (const ast::Binding &state : expr.carried) {
    if (!state.value) {
      error(DiagnosticKind::MissingInitializer, state.where, {state.name.text});
      good = false;
      continue;
    }
    Value value = evaluate(*state.value, frame->preferred);
    if (state.type)
      value =
          accept(state.type.get(), "`" + state.name.text + "`", value, state.value->where, state.type->where);
    auto x = value.isPoison() ? std::nullopt : asFloat(value, state.value->where);
    if (!x) {
      good = false;
      continue;
    }
    typed::Value inside = builder().scanState(scan, int64_t(first.size()), typeOf(*x));
    first.push_back(*x);
    Variable variable{tensor(inside), state.name.where, true, ""};
    variable.carriedShape = builder().shapeOf(*x);
    body.variables[state.name.text] = variable;
  }
  return good;
}

// A name outside the body of a scan is not assigned from inside.
bool Evaluator::mayAssign(const Variable &variable, const ast::AssignStmt &stmt) {
  if (!variable.slot.empty()) {
    if (scans > 0)
      error(DiagnosticKind::StateInScan, stmt.target.where, {stmt.target.text});
    return scans == 0;
  }
  for (Scope *inner = scope; inner; inner = inner->parent) {
    auto entry = inner->variables.find(stmt.target.text);
    if (entry != inner->variables.end())
      return true;
    if (!inner->isScan)
      continue;
    error(DiagnosticKind::ScanAssignsOutside, stmt.target.where, {stmt.target.text})
        .label(variable.where, "bound here");
    return false;
  }
  return true;
}

bool Evaluator::assignState(Variable &variable, const ast::AssignStmt &stmt, Value &value) {
  auto x = value.isPoison() ? std::nullopt : asFloat(value, stmt.value->where);
  if (!x)
    return false;
  const Shape &shape = *variable.carriedShape;
  if (builder().shapeOf(*x).empty())
    x = builder().broadcast(*x, shape);
  value = tensor(*x);
  if (builder().shapeOf(*x) == shape)
    return true;
  error(DiagnosticKind::ScanStateShape, stmt.value->where,
        {stmt.target.text, "f32" + toString(shape), toString(typeOf(*x))})
      .label(variable.where, "begins here as `f32" + toString(shape) + "`");
  return false;
}

Value Evaluator::yield(const ast::YieldStmt &stmt) {
  ScanBody *body = frame->scan;
  if (!body)
    return fail(DiagnosticKind::MisplacedStatement, stmt.where, {"yield"});
  Value value = evaluate(*stmt.value);
  if (body->yielded) {
    error(DiagnosticKind::ScanYieldsTwice, stmt.where).label(body->yieldedWhere, "first yielded here");
    return Poison();
  }
  body->yielded = value;
  body->yieldedWhere = stmt.value->where;
  return value.isPoison() ? value : Value(Nothing());
}

// Notes the tensors of what is yielded; poison where it has others.
Value Evaluator::stackOf(const Value &yielded, Location where, std::vector<typed::Value> &stacked) {
  std::vector<Value> elements{yielded};
  if (auto *sequence = yielded.sequence())
    elements = sequence->elements;
  for (const Value &element : elements) {
    auto x = asTensor(element, where);
    if (!x)
      return Poison();
    stacked.push_back(*x);
  }
  return Nothing();
}

Value Evaluator::evaluateScan(const ast::ScanExpr &expr) {
  // After an error the states are names all the same.
  auto give = [&](Value value) {
    for (const ast::Binding &state : expr.carried)
      if (value.isPoison())
        bind(state.name, Poison());
    return value;
  };
  std::vector<ScanSequence> sequences;
  std::optional<bool> reverse = isReverse(expr);
  if (!reverse || !readSequences(expr, sequences))
    return give(Poison());
  GraphBuilder &graph = builder();
  int64_t scan = graph.startScan(), steps = sequences.front().steps;
  typed::Value t = graph.scanStep(scan);
  Scope body;
  body.parent = scope;
  body.isScan = true;
  std::vector<typed::Value> first, next, stacked;
  bool good = bindStates(expr, scan, body, first);
  auto tensorSequence = llvm::find_if(sequences, [](const ScanSequence &s) { return s.tensor.has_value(); });
  size_t axis = tensorSequence->axis;
  for (size_t i = 0; i < sequences.size(); ++i) {
    const ScanSequence &read = sequences[i];
    Value element = read.tensor ? tensor(graph.take(*read.tensor, t)) : read.constant;
    body.variables[expr.elements[i].text] = {element, expr.elements[i].where, false, ""};
  }
  if (!good)
    return give(Poison());

  ScanBody context;
  Value result;
  {
    Restore restore(*this);
    Frame inside = *frame;
    inside.scan = &context;
    frame = &inside;
    scope = &body;
    ++scans;
    int64_t turns = graph.turns;
    graph.turns = turns * steps;
    result = evaluateBlock(expr.body);
    graph.turns = turns;
    --scans;
  }
  if (!result.isPoison() && !result.isNothing()) {
    error(DiagnosticKind::UnusedResult, expr.body.statements.back()->where, {"this value"})
        .note("a `scan` stacks what `yield` gives");
    return give(Poison());
  }
  if (result.isPoison() || (context.yielded && context.yielded->isPoison()))
    return give(Poison());
  for (const ast::Binding &state : expr.carried) {
    auto x = asFloat(body.variables[state.name.text].value, state.where);
    if (!x)
      return give(Poison());
    next.push_back(*x);
  }
  if (context.yielded && stackOf(*context.yielded, context.yieldedWhere, stacked).isPoison())
    return give(Poison());
  for (typed::Value value : stacked) {
    Shape shape = graph.shapeOf(value);
    shape.insert(shape.begin(), {steps, false});
    if (!checkElements(shape, expr.where))
      return give(Poison());
  }

  graph.where = expr.where;
  std::vector<typed::Value> results = graph.scan(scan, steps, *reverse, first, next, stacked);
  for (size_t i = 0; i < expr.carried.size(); ++i)
    bind(expr.carried[i].name, tensor(results[i]));
  std::vector<Value> stacks;
  for (size_t i = 0; i < stacked.size(); ++i) {
    size_t rank = graph.shapeOf(stacked[i]).size();
    size_t place = placeOfSteps(graph.shapeOf(stacked[i]));
    stacks.push_back(tensor(moveAxis(graph, results[first.size() + i], place, std::min(axis, rank))));
  }
  if (stacks.empty())
    return Nothing();
  bool isTuple = context.yielded->sequence() && context.yielded->sequence()->isTuple;
  return isTuple ? makeSequence(stacks, true) : stacks[0];
}

} // namespace nn::sema
