#include "compiler/sema/Predict.h"
#include "compiler/ast/Walk.h"
#include "compiler/sema/data/Data.h"
#include "compiler/sema/Measures.h"

namespace nn::sema {

namespace {

std::set<std::string> namesIn(const ast::Expr &expr) {
  std::set<std::string> names;
  ast::walk(expr, [&](const ast::Expr &each) {
    if (auto *name = llvm::dyn_cast<ast::NameExpr>(&each))
      names.insert(name->name);
  });
  return names;
}

struct Choice {
  uint32_t data;
  bool isNamed; // by the expression
};

// The data set whose fields the expression names; of several, that of the first training. One that names none
// has the first, so that its own names are judged.
std::optional<Choice> chooseData(const typed::Program &program, const ast::Expr &expr) {
  std::set<std::string> names = namesIn(expr);
  std::vector<uint32_t> order;
  for (const typed::Train &train : program.trains)
    order.insert(order.end(), train.data.begin(), train.data.end());
  for (uint32_t i = 0; i < program.data.size(); ++i)
    order.push_back(i);
  for (uint32_t index : order) {
    const typed::DataSet &data = program.data[index];
    if (names.count(data.name) ||
        llvm::any_of(data.fields, [&](const typed::Field &field) { return names.count(field.name); }) ||
        llvm::any_of(data.mistaken, [&](const std::string &name) { return names.count(name); }))
      return Choice{index, true};
  }
  // `G(normal[batch, 64])` has a value for each record, whatever is in it.
  return order.empty() ? std::nullopt : std::optional(Choice{order.front(), names.count("batch") != 0});
}

void addOutputs(Evaluator &evaluator, const Value &value, Location where) {
  std::vector<Value> outputs{value};
  if (auto *sequence = value.sequence())
    outputs = sequence->elements;
  for (size_t i = 0; i < outputs.size(); ++i) {
    auto x = evaluator.asTensor(outputs[i], where);
    if (!x)
      return;
    if (evaluator.typeOf(*x).element == typed::Element::Mask)
      x = evaluator.builder().cast(*x, typed::Element::Float);
    const Shape &shape = evaluator.builder().shapeOf(*x);
    if (shape.empty() || !(shape[0] == typed::Dim{1, true})) {
      evaluator.error(DiagnosticKind::NotPerRecord, where, {toString(evaluator.typeOf(*x))});
      return;
    }
    evaluator.builder().result("output", std::to_string(i), *x, where);
  }
}

void build(Evaluator &evaluator, const ast::PredictDecl &decl, std::vector<typed::Layer> &layers) {
  typed::Program &result = evaluator.program.result;
  std::optional<Choice> choice = chooseData(result, *decl.value);
  if (!choice) {
    evaluator.error(DiagnosticKind::PredictWithoutData, decl.value->where);
    return;
  }
  const typed::DataSet &data = result.data[choice->data];
  result.predictData = choice->data;
  GraphContext graph;
  graph.ids = data.name;
  graph.data = {data.name};
  graph.builder.graph.name = "predict";
  Restore restore(evaluator);
  Parent parent;
  parent.path = "predict";
  Frame frame{evaluator.frame->home, &parent, std::nullopt, std::nullopt, false};
  Scope fields;
  evaluator.graph = &graph;
  evaluator.frame = &frame;
  evaluator.scope = &fields;
  for (const typed::Field &field : data.fields)
    fields.variables[field.name] = {fieldValue(evaluator, data, field), decl.where, false, ""};
  for (const std::string &name : data.mistaken)
    fields.variables[name] = {Poison(), decl.where, false, ""};
  fields.variables["batch"] = {BatchSize{1}, decl.where, false, ""};

  Value value = evaluator.evaluate(*decl.value);
  if (value.isPoison())
    return;
  if (!choice->isNamed) {
    evaluator.error(DiagnosticKind::PredictWithoutData, decl.value->where);
    return;
  }
  addOutputs(evaluator, value, decl.value->where);
  graph.builder.prune();
  refuseWholeSplit(evaluator, graph.builder.graph);
  layers = std::move(graph.layers);
  result.graphs.push_back(std::move(graph.builder.graph));
}

} // namespace

void buildPredict(Evaluator &evaluator, std::vector<typed::Layer> &layers) {
  evaluator.frame->home = &evaluator.program.main;
  const ast::PredictDecl *first = nullptr;
  for (const ast::DeclPtr &decl : evaluator.program.main.file->declarations) {
    auto *predict = llvm::dyn_cast<ast::PredictDecl>(decl.get());
    if (!predict)
      continue;
    if (first)
      evaluator.error(DiagnosticKind::SecondPredict, decl->where, {"statement", "predict"})
          .label(first->where, "first given here");
    else
      build(evaluator, *predict, layers);
    first = first ? first : predict;
  }
}

} // namespace nn::sema
