// Functions of the fields of a data set.
#include "compiler/sema/Evaluator.h"
#include "compiler/sema/data/Data.h"
#include "compiler/sema/data/ReadCall.h"

namespace nn::sema {

using typed::Element;
using typed::Field;
using typed::FieldKind;
using typed::Op;

namespace {

struct FieldPlace {
  typed::DataSet *data = nullptr;
  uint32_t field = 0;
  Field &get() const { return data->fields[field]; }
};

// The field whose value this is.
std::optional<FieldPlace> fieldOf(Evaluator &evaluator, const Value &value) {
  auto *tensor = value.as<Tensor>();
  if (!tensor)
    return std::nullopt;
  const typed::Graph &graph = tensor->owner->builder.graph;
  const typed::Node &node = graph.nodes[tensor->value.node];
  if (node.op != Op::Argument || graph.arguments[node.attributes.integer].role != "field")
    return std::nullopt;
  const std::string &name = graph.arguments[node.attributes.integer].name;
  for (typed::DataSet &data : evaluator.program.result.data)
    for (size_t i = 0; i < data.fields.size(); ++i)
      if (name == data.name + "." + data.fields[i].name)
        return FieldPlace{&data, uint32_t(i)};
  return std::nullopt;
}

Value needsField(Evaluator &evaluator, const BuiltinCall &call, const char *expected) {
  if (call[0].isPoison())
    return Poison();
  return evaluator.fail(DiagnosticKind::ArgumentType, call.places[0], {describe(call[0]), expected});
}

// The probabilities of a class, which augmentations mix.
Value soft(Evaluator &evaluator, const BuiltinCall &call) {
  auto place = fieldOf(evaluator, call[0]);
  if (!place || place->get().type.element != Element::Label)
    return needsField(evaluator, call, "a field of classes");
  typed::DataSet &data = *place->data;
  const std::string name = place->get().name + ".soft";
  auto isIt = [&](const Field &field) { return field.name == name; };
  if (llvm::none_of(data.fields, isIt)) {
    Field made;
    made.name = made.sourceName = name;
    made.kind = FieldKind::Soft;
    made.type = {Element::Float, place->get().type.shape, 0};
    made.type.shape.push_back({place->get().type.classes, false});
    made.of = place->field;
    evaluator.program.fieldPlaces[data.name + "." + name] = call.where;
    data.fields.push_back(std::move(made));
  }
  return fieldValue(evaluator, data, *llvm::find_if(data.fields, isIt));
}

// A vector that the runtime writes when preprocessing has been fitted or read.
typed::Value fittedVector(Evaluator &evaluator, const std::string &path, const Shape &shape, double initial,
                          Location where) {
  Program &program = evaluator.program;
  if (!program.findSlot(path)) {
    program.slotByPath[path] = uint32_t(program.slots.size());
    program.slots.push_back({"state", path, "", shape, where, program.reporter.shown(where), where});
    GraphBuilder &first = program.init.builder;
    program.init.current[path] = first.broadcast(first.constant(initial), shape);
  }
  auto [entry, isNew] = evaluator.graph->current.try_emplace(path);
  if (isNew)
    entry->second = evaluator.builder().argument("state", path, {Element::Float, shape, 0});
  return entry->second;
}

typed::Value invertStep(Evaluator &evaluator, const typed::Call &step, const std::string &path,
                        typed::Value x, const Shape &width, Location where) {
  GraphBuilder &builder = evaluator.builder();
  const Shape shape = builder.shapeOf(x);
  auto constant = [&](double number) { return builder.broadcast(builder.constant(number), shape); };
  if (step.name == "scale")
    return builder.binary(Op::Div, x, constant(*step.arguments[0].number));
  if (step.name == "log1p")
    return builder.binary(Op::Sub, builder.unary(Op::Exp, x), constant(1));
  if (step.name != "zscore" && step.name != "minmax" && step.name != "robust")
    return x; // what is cut off or filled in has no way back
  auto vector = [&](const char *name, double initial) {
    return builder.broadcast(fittedVector(evaluator, path + name, width, initial, where), shape);
  };
  return builder.binary(Op::Add, builder.binary(Op::Mul, x, vector(".factor", 1)), vector(".offset", 0));
}

Value inverse(Evaluator &evaluator, const BuiltinCall &call) {
  auto place = fieldOf(evaluator, call[0]);
  if (!place || place->get().type.element != Element::Float)
    return needsField(evaluator, call, "a field of numbers");
  auto x = evaluator.asFloat(call[1], call.places[1]);
  if (!x)
    return Poison();
  const Field field = place->get();
  const Shape &shape = evaluator.builder().shapeOf(*x);
  Shape width{field.type.shape.back()};
  if (shape.empty() || !(shape.back() == width[0]))
    return evaluator.fail(DiagnosticKind::ShapesDoNotFit, call.where,
                          {"inverse", toString(field.type), toString(evaluator.builder().typeOf(*x))});
  for (size_t i = field.steps.size(); i-- > 0;) {
    std::string path = "data." + place->data->name + "." + field.name + ".inverse_" + std::to_string(i + 1);
    x = invertStep(evaluator, field.steps[i], path, *x, width, call.where);
  }
  return evaluator.tensor(*x);
}

} // namespace

const std::vector<Builtin> &dataBuiltins() {
  static const std::vector<Builtin> table{
      {"inverse(field: f32[b, n], x: f32[..., n]) -> f32[..., n]", inverse,
       "x in the units that the field has in its source: back through `scale`, `log1p`, `zscore`, `minmax` "
       "and `robust` as they were fitted. For measures and `predict` of a target."},
      {"soft(label: class(k)[b]) -> f32[b, k]", soft,
       "The probabilities of the classes of a field: 1 at the label, and mixed where `mixup` or `cutmix` "
       "mixes records."}};
  return table;
}

} // namespace nn::sema
