#include "compiler/sema/Train.h"
#include "compiler/basic/Suggestion.h"
#include "compiler/sema/data/Data.h"
#include "compiler/sema/Hypers.h"
#include "compiler/sema/Judge.h"
#include "compiler/sema/LayerTable.h"
#include "compiler/sema/Measures.h"
#include "compiler/sema/Optimize.h"

namespace nn::sema {

namespace {

constexpr int64_t maxBatch = 1 << 20, maxEpochs = 1'000'000'000;

// The name of a term or measure: that of the first call in it.
std::string nameOf(const ast::Expr &expr) {
  if (auto *call = llvm::dyn_cast<ast::CallExpr>(&expr)) {
    if (auto *name = llvm::dyn_cast<ast::NameExpr>(call->callee.get()))
      return name->name;
    if (auto *member = llvm::dyn_cast<ast::MemberExpr>(call->callee.get()))
      return member->member.text;
    return nameOf(*call->callee); // `focal()(p, y)`
  }
  if (auto *name = llvm::dyn_cast<ast::NameExpr>(&expr))
    return name->name;
  if (auto *unary = llvm::dyn_cast<ast::UnaryExpr>(&expr))
    return nameOf(*unary->operand);
  auto *binary = llvm::dyn_cast<ast::BinaryExpr>(&expr);
  if (!binary)
    return "";
  if (binary->op == ast::BinaryOperator::Pipe)
    return nameOf(*binary->right);
  // `0.3 * entropy(p)`: the side with a call; a plain name stands back behind one.
  const ast::Expr &left = *binary->left, &right = *binary->right;
  std::string first = nameOf(left), second = nameOf(right);
  return first.empty() || (llvm::isa<ast::NameExpr>(left) && !second.empty()) ? second : first;
}

struct Named {
  std::string name;
  typed::Value value;
  Location where;
};

class TrainBuilder {
public:
  TrainBuilder(Evaluator &evaluator, const ast::TrainDecl &decl) : evaluator(evaluator), decl(decl) {}

  void build(std::vector<typed::Layer> &layers);

private:
  bool readData();
  bool addData(const ast::Name &name);
  void readStatements();
  void setting(const ast::AssignStmt &stmt);
  void judgeBatch();
  std::optional<int64_t> count(const ast::AssignStmt &stmt, int64_t most, int32_t &hyper, bool compiled);
  void buildGraph(bool training, std::vector<typed::Layer> &layers);
  void bindNames(Scope &scope);
  void minimize(const ast::MinimizeStmt &stmt, Parent *updates, std::vector<Named> &results);
  void collectTerms(const ast::Expr &expr, bool negative, std::vector<Named> &terms);
  void measure(const ast::MeasureStmt &stmt, std::vector<Named> &measures);
  std::optional<typed::Value> scalar(const Value &value, Location where, const std::string &what);
  std::string unique(std::string name, const std::vector<Named> &others);

  Evaluator &evaluator;
  const ast::TrainDecl &decl;
  typed::Train train;
  std::map<std::string, Location> settings;
  std::vector<const ast::MinimizeStmt *> objectives;
  std::vector<typed::Value> totals; // of the statements, in the present graph
};

bool TrainBuilder::readData() {
  if (decl.data.empty()) {
    evaluator.error(DiagnosticKind::TrainWithoutData, decl.name.where, {"train", decl.name.text, "on"});
    return false;
  }
  for (const ast::Name &name : decl.data)
    if (!addData(name))
      return false;
  return true;
}

bool TrainBuilder::addData(const ast::Name &name) {
  const DeclRef *ref = evaluator.frame->home->find(name.text, NameKind::Data);
  if (!ref) {
    std::vector<std::string> names;
    for (const typed::DataSet &data : evaluator.program.result.data)
      names.push_back(data.name);
    evaluator.unknownName("data set", name.text, name.where, names);
    return false;
  }
  uint32_t index = evaluator.program.data.at(ref->decl);
  if (llvm::is_contained(train.data, index)) {
    evaluator.error(DiagnosticKind::DuplicateArgument, name.where, {name.text});
    return false;
  }
  train.data.push_back(index);
  return true;
}

std::optional<int64_t> TrainBuilder::count(const ast::AssignStmt &stmt, int64_t most, int32_t &hyper,
                                           bool compiled) {
  hyper = hyperNamed(evaluator, *stmt.value);
  const std::string what = "`" + stmt.target.text + "`";
  std::optional<int64_t> number;
  // The runtime reads a count that does not change the program, so naming a hyperparameter is no use of its
  // value.
  if (hyper >= 0 && !compiled && evaluator.program.result.hypers[hyper].type == typed::HyperType::Int)
    number = int64_t(evaluator.program.result.hypers[hyper].value);
  else
    number = evaluator.asInt(evaluator.evaluate(*stmt.value), stmt.value->where, what);
  if (number && *number >= 1 && *number <= most)
    return number;
  if (number)
    evaluator.error(DiagnosticKind::SettingOutsideRange, stmt.value->where,
                    {stmt.target.text, std::to_string(*number), "1 to " + std::to_string(most)});
  return std::nullopt;
}

void TrainBuilder::setting(const ast::AssignStmt &stmt) {
  static const std::vector<std::string> known{"batch", "epochs"};
  static const std::vector<std::string> later{"early_stop", "checkpoint", "precision",
                                              "accumulate", "folds",      "average"};
  const std::string &name = stmt.target.text;
  auto [entry, isNew] = settings.try_emplace(name, stmt.target.where);
  if (!isNew) {
    evaluator.error(DiagnosticKind::DuplicateSetting, stmt.target.where, {"setting", name})
        .label(entry->second, "first given here");
    return;
  }
  auto *word = llvm::dyn_cast<ast::NameExpr>(stmt.value.get());
  if (name == "batch" && word && word->name == "all")
    evaluator.error(DiagnosticKind::NotYetSupported, stmt.value->where, {"batch = all"});
  else if (name == "batch")
    train.batch = count(stmt, maxBatch, train.batchHyper, true).value_or(0);
  else if (name == "epochs")
    train.epochs = count(stmt, maxEpochs, train.epochsHyper, false).value_or(0);
  else if (llvm::is_contained(later, name))
    evaluator.error(DiagnosticKind::NotYetSupported, stmt.target.where, {name});
  else
    evaluator.error(DiagnosticKind::UnknownSetting, stmt.target.where, {"train", name})
        .suggest(closest(name, known));
}

void TrainBuilder::readStatements() {
  for (const ast::StmtPtr &stmt : decl.body.statements) {
    if (auto *assign = llvm::dyn_cast<ast::AssignStmt>(stmt.get())) {
      setting(*assign);
    } else if (auto *minimize = llvm::dyn_cast<ast::MinimizeStmt>(stmt.get())) {
      objectives.push_back(minimize);
    } else if (stmt->kind == ast::Stmt::Kind::Start || stmt->kind == ast::Stmt::Kind::Freeze ||
               stmt->kind == ast::Stmt::Kind::Augment) {
      const char *words[] = {"start", "freeze", "augment"};
      evaluator.error(DiagnosticKind::NotYetSupported, stmt->where,
                      {words[stmt->kind == ast::Stmt::Kind::Start    ? 0
                             : stmt->kind == ast::Stmt::Kind::Freeze ? 1
                                                                     : 2]});
    } else if (stmt->kind != ast::Stmt::Kind::Let && stmt->kind != ast::Stmt::Kind::Measure) {
      evaluator.error(DiagnosticKind::MisplacedInTrain, stmt->where,
                      {"train", "settings, `let`, `minimize` and `measure`"});
    }
  }
  for (const char *required : {"batch", "epochs"})
    if (!settings.count(required))
      evaluator.error(DiagnosticKind::MissingSetting, decl.name.where, {"train", decl.name.text, required});
  judgeBatch();
  if (objectives.empty())
    evaluator.error(DiagnosticKind::TrainWithoutMinimize, decl.name.where,
                    {"train", decl.name.text, "minimize"});
}

void TrainBuilder::judgeBatch() {
  auto batch = settings.find("batch");
  if (batch == settings.end() || train.data.empty())
    return;
  const typed::DataSet &data = evaluator.program.result.data[train.data.front()];
  auto records = recordsOf(data.train);
  if (records && train.batch > *records)
    evaluator.error(DiagnosticKind::BatchLargerThanData, batch->second,
                    {std::to_string(train.batch), std::to_string(*records), data.name});
}

void TrainBuilder::bindNames(Scope &scope) {
  std::map<std::string, std::vector<const typed::DataSet *>> owners;
  for (uint32_t index : train.data)
    for (const typed::Field &field : evaluator.program.result.data[index].fields)
      owners[field.name].push_back(&evaluator.program.result.data[index]);
  for (const auto &[name, sets] : owners)
    if (sets.size() > 1)
      evaluator.ambiguous[name] =
          "`" + sets[0]->name + "." + name + "` or `" + sets[1]->name + "." + name + "`";
  for (uint32_t index : train.data) {
    const typed::DataSet &data = evaluator.program.result.data[index];
    for (const typed::Field &field : data.fields)
      if (owners[field.name].size() == 1)
        scope.variables[field.name] = {fieldValue(evaluator, data, field), decl.name.where, false, ""};
    for (const std::string &name : data.mistaken)
      scope.variables[name] = {Poison(), decl.name.where, false, ""};
  }
  scope.variables["batch"] = {BatchSize{1}, decl.name.where, false, ""};
}

std::string TrainBuilder::unique(std::string name, const std::vector<Named> &others) {
  if (name.empty())
    name = "term";
  auto taken = [&](const std::string &candidate) {
    return candidate == "loss" ||
           llvm::any_of(others, [&](const Named &each) { return each.name == candidate; });
  };
  std::string result = name;
  for (int n = 2; taken(result); ++n)
    result = name + "_" + std::to_string(n);
  return result;
}

std::optional<typed::Value> TrainBuilder::scalar(const Value &value, Location where,
                                                 const std::string &what) {
  auto x = value.isPoison() ? std::nullopt : evaluator.asFloat(value, where);
  if (!x || evaluator.builder().shapeOf(*x).empty())
    return x;
  evaluator.error(DiagnosticKind::NotScalar, where, {what, toString(evaluator.typeOf(*x))})
      .note("`mean` or `sum` makes one number of it");
  return std::nullopt;
}

// The parts of the sum, each a curve of its own.
void TrainBuilder::collectTerms(const ast::Expr &expr, bool negative, std::vector<Named> &terms) {
  auto *sum = llvm::dyn_cast<ast::BinaryExpr>(&expr);
  if (sum && (sum->op == ast::BinaryOperator::Add || sum->op == ast::BinaryOperator::Subtract)) {
    collectTerms(*sum->left, negative, terms);
    return collectTerms(*sum->right, negative != (sum->op == ast::BinaryOperator::Subtract), terms);
  }
  auto value = scalar(evaluator.evaluate(expr, NameKind::Loss), expr.where, "a term of the loss");
  if (!value)
    return;
  if (negative)
    value = evaluator.builder().unary(typed::Op::Neg, *value);
  terms.push_back({unique(nameOf(expr), terms), *value, expr.where});
}

// `updates` names the optimizers' states; without it nothing is updated.
void TrainBuilder::minimize(const ast::MinimizeStmt &stmt, Parent *updates, std::vector<Named> &results) {
  std::vector<Named> terms = results;
  unsigned before = evaluator.program.reporter.errorCount();
  collectTerms(*stmt.objective, false, terms);
  terms.erase(terms.begin(), terms.begin() + results.size());
  if (terms.empty() || evaluator.program.reporter.errorCount() != before)
    return;
  typed::Value total = terms[0].value;
  for (size_t i = 1; i < terms.size(); ++i)
    total = evaluator.builder().binary(typed::Op::Add, total, terms[i].value);
  totals.push_back(total);
  if (stmt.name && stmt.name->text != "loss")
    results.push_back({unique(stmt.name->text, results), total, stmt.name->where});
  if (terms.size() > 1 || (objectives.size() > 1 && !stmt.name))
    results.insert(results.end(), terms.begin(), terms.end());
  if (updates)
    optimize(evaluator, stmt, total, *updates, &stmt == objectives.back());
}

void TrainBuilder::measure(const ast::MeasureStmt &stmt, std::vector<Named> &measures) {
  Value value = evaluator.evaluate(*stmt.value, NameKind::Metric);
  auto number = value.isPoison() ? std::nullopt : evaluator.asFloat(value, stmt.value->where);
  if (!number)
    return;
  const Shape &shape = evaluator.builder().shapeOf(*number);
  if (llvm::any_of(shape, [](const typed::Dim &dim) { return dim.batch; })) {
    evaluator
        .error(DiagnosticKind::NotScalar, stmt.value->where,
               {"a measure", toString(evaluator.typeOf(*number))})
        .note("`mean` or `sum` makes one number of it");
    return;
  }
  std::string name = stmt.name ? stmt.name->text : nameOf(*stmt.value);
  if (stmt.name && unique(name, measures) != name)
    evaluator.error(DiagnosticKind::DuplicateMeasure, stmt.name->where, {"measure", name});
  measures.push_back({unique(name.empty() ? "measure" : name, measures), *number, stmt.where});
}

void TrainBuilder::buildGraph(bool training, std::vector<typed::Layer> &layers) {
  GraphContext graph;
  graph.training = training;
  graph.ids = evaluator.program.result.data[train.data[0]].name;
  for (uint32_t index : train.data)
    graph.data.push_back(evaluator.program.result.data[index].name);
  graph.builder.graph.name = train.name + (training ? ".step" : ".eval");
  Restore restore(evaluator);
  Parent parent;
  parent.path = train.name;
  Frame frame{evaluator.frame->home, &parent, std::nullopt, std::nullopt, false};
  Scope fields, locals;
  locals.parent = &fields;
  evaluator.graph = &graph;
  evaluator.frame = &frame;
  evaluator.scope = &locals;
  bindNames(fields);

  Parent updates;
  updates.path = train.name;
  totals.clear();
  std::vector<Named> terms, measures;
  for (const ast::StmtPtr &stmt : decl.body.statements) {
    if (stmt->kind == ast::Stmt::Kind::Let)
      evaluator.execute(*stmt);
    else if (auto *minimized = llvm::dyn_cast<ast::MinimizeStmt>(stmt.get()))
      minimize(*minimized, training ? &updates : nullptr, terms);
    else if (auto *measured = llvm::dyn_cast<ast::MeasureStmt>(stmt.get()); measured && !training)
      measure(*measured, measures);
  }
  if (training && !evaluator.program.reporter.hasErrors())
    judgeReach(evaluator, graph.reached);
  const typed::Graph &built = graph.builder.graph;
  addSlotResults(evaluator.program, graph,
                 [&](typed::Value value) { return built.nodes[value.node].op != typed::Op::Argument; });
  evaluator.ambiguous.clear();
  for (size_t i = 1; i < totals.size(); ++i)
    totals[0] = graph.builder.binary(typed::Op::Add, totals[0], totals[i]);
  if (!totals.empty())
    graph.builder.result("term", "loss", totals[0], objectives[0]->where);
  for (const Named &term : terms)
    graph.builder.result("term", term.name, term.value, term.where);
  MeasureCutter cutter(evaluator, train);
  for (const Named &each : measures)
    cutter.add(each.name, each.value, each.where);
  graph.builder.prune();
  refuseWholeSplit(evaluator, graph.builder.graph);
  for (uint32_t index : train.data)
    if (training && !objectives.empty())
      judgeMixing(evaluator, evaluator.program.result.data[index], built,
                  objectives.front()->objective->where);
  if (training)
    layers = std::move(graph.layers);
  evaluator.program.result.graphs.push_back(std::move(graph.builder.graph));
}

void TrainBuilder::build(std::vector<typed::Layer> &layers) {
  train.name = decl.name.text;
  bool hasData = readData();
  readStatements();
  if (hasData && !objectives.empty()) {
    std::vector<typed::Layer> own;
    for (bool training : {true, false})
      buildGraph(training, own);
    joinLayers(layers, own);
  }
  evaluator.program.result.trains.push_back(train);
}

} // namespace

void buildTrains(Evaluator &evaluator, std::vector<typed::Layer> &layers) {
  evaluator.frame->home = &evaluator.program.main;
  for (const ast::DeclPtr &decl : evaluator.program.main.file->declarations)
    if (auto *train = llvm::dyn_cast<ast::TrainDecl>(decl.get()))
      TrainBuilder(evaluator, *train).build(layers);
}

} // namespace nn::sema
