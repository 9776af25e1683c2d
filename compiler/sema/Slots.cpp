// Parameters, states and optimizer states: declared where a body first reaches them, with their first values
// built in the graph `init`.
#include "compiler/sema/Evaluator.h"
#include <cmath>

namespace nn::sema {

using typed::Element;
using typed::Op;

Value Evaluator::slot(const std::string &role, const std::string &path, const Shape &shape,
                      const ast::Expr *initial, Location where) {
  if (!checkElements(shape, where))
    return Poison();
  for (const typed::Dim &dim : shape)
    if (dim.batch)
      return fail(DiagnosticKind::BatchInParameter, where, {path});
  Location applied = program.reporter.calls.empty() ? where : program.reporter.calls.front().where;
  if (const Slot *known = program.findSlot(path)) {
    if (known->shape != shape) {
      error(DiagnosticKind::SharedShape, where,
            {"`" + path + "`", "f32" + toString(shape), "f32" + toString(known->shape)})
          .label(known->applied, "it is `f32" + toString(known->shape) + "` from the first application")
          .label(applied, "`f32" + toString(shape) + "` from this one");
      return Poison();
    }
  } else {
    program.slotByPath[path] = uint32_t(program.slots.size());
    program.slots.push_back(
        {role, path, frame->parent->network, shape, where, program.reporter.shown(where), applied});
    Slot added = program.slots.back();
    initialize(added, initial);
  }
  auto [entry, isNew] = graph->current.try_emplace(path);
  if (isNew)
    entry->second = builder().argument(role, path, {Element::Float, shape, 0});
  return tensor(entry->second);
}

void Evaluator::initialize(const Slot &slot, const ast::Expr *initial) {
  Restore restore(*this);
  Parent drawing;
  drawing.path = slot.path;
  Frame inside = *frame;
  inside.parent = &drawing;
  graph = &program.init;
  frame = &inside;
  Value value = evaluate(*initial, NameKind::Initializer);
  auto result = value.isPoison() ? std::nullopt : initialValue(slot, value, initial->where);
  if (result)
    program.init.current[slot.path] = *result;
}

namespace {

// The counts that initializers scale by: inputs and outputs of one element, over the receptive field of a
// filter.
std::pair<int64_t, int64_t> fans(const Shape &shape) {
  if (shape.empty())
    return {1, 1};
  if (shape.size() == 1)
    return {shape[0].size, shape[0].size};
  int64_t in = rowElements(shape) / shape.back().size;
  int64_t field = in / shape[shape.size() - 2].size;
  return {in, field * shape.back().size};
}

CallValues initializerArguments(const ast::ModuleDecl &decl, const Shape &shape, Location where) {
  std::vector<Value> sizes;
  for (const typed::Dim &dim : shape)
    sizes.push_back(dim.batch ? Value(BatchSize{dim.size}) : Value(dim.size));
  auto [fanIn, fanOut] = fans(shape);
  const std::pair<const char *, Value> known[] = {
      {"shape", makeSequence(sizes, false)}, {"fan_in", fanIn}, {"fan_out", fanOut}};
  CallValues arguments;
  for (const ast::Parameter &parameter : decl.data)
    for (auto &[name, value] : known)
      if (parameter.name.text == name)
        arguments.push_back({name, value, where, where});
  return arguments;
}

} // namespace

std::optional<typed::Value> Evaluator::initialValue(const Slot &slot, const Value &initial, Location where) {
  Value value = initial;
  if (auto *ref = value.as<BuiltinRef>())
    if (ref->builtin->name == "normal" || ref->builtin->name == "uniform")
      value = callBuiltin(*ref->builtin, {}, where);
  if (isModule(value.decl(), ast::ModuleKind::Initializer)) {
    auto &decl = llvm::cast<ast::ModuleDecl>(*value.decl());
    if (auto *ref = value.as<DeclRef>())
      value = build(*ref, {}, where, "");
    if (value.isPoison())
      return std::nullopt;
    auto instance = std::make_shared<Instance>(*value.instance());
    instance->path = slot.path;
    value = apply(instance, initializerArguments(decl, slot.shape, where), where);
  }
  if (auto *distribution = value.as<std::shared_ptr<Distribution>>())
    value = draw(**distribution, slot.shape, where);
  if (value.isPoison())
    return std::nullopt;
  if (!value.isNumber() && !value.as<Tensor>()) {
    error(DiagnosticKind::NotAnInitializer, where, {describe(value), "an initializer"});
    return std::nullopt;
  }
  auto x = asFloat(value, where);
  if (!x)
    return std::nullopt;
  if (builder().shapeOf(*x).empty())
    return builder().broadcast(*x, slot.shape);
  if (builder().shapeOf(*x) == slot.shape)
    return x;
  error(DiagnosticKind::InitialShape, where,
        {"the initial value", toString(typeOf(*x)), "f32" + toString(slot.shape)});
  return std::nullopt;
}

// low + (high - low)*u, or mean + deviation*z. The purpose is the path of the draw, so that no other draw and
// no other layer changes it.
Value Evaluator::draw(const Distribution &distribution, const Shape &shape, Location where) {
  Parent &parent = *frame->parent;
  std::string path = parent.path;
  int number = ++parent.draws;
  if (!graph->isInit)
    path += std::string(distribution.normal ? ".normal_" : ".uniform_") + std::to_string(number);
  else if (number > 1)
    path += "_" + std::to_string(number);

  typed::Value counter = graph->training ? builder().argument("step", "step", {Element::Long, {}, 0})
                                         : builder().constant(0, Element::Long);
  typed::Value ids;
  if (!graph->ids.empty() && !shape.empty() && shape[0] == typed::Dim{1, true})
    ids = builder().argument("ids", graph->ids, {Element::Long, {{1, true}}, 0});
  typed::Value x =
      builder().random(distribution.normal ? "normal" : "uniform", fnv1a(path), seed(), counter, ids, shape);

  Value from = distribution.arguments[0], scale = distribution.arguments[1];
  if (!distribution.normal)
    scale = binary(ast::BinaryOperator::Subtract, scale, from, where, where, where);
  Value result = tensor(x);
  if (!scale.isNumber() || scale.number() != 1)
    result = elementwise(Op::Mul, "*", result, scale, where, where, where);
  if (!from.isNumber() || from.number() != 0)
    result = binary(ast::BinaryOperator::Add, result, from, where, where, where);
  return result;
}

typed::Value Evaluator::seed() { return builder().argument("seed", "seed", {Element::Long, {}, 0}); }

typed::Value Evaluator::schedule(const std::string &role) {
  return builder().cast(builder().argument(role, role, {Element::Long, {}, 0}), Element::Float);
}

} // namespace nn::sema
