// The order of an analysis: files, names, hyperparameters, data, trainings, prediction, initial values. It is
// repeated while evaluating finds something that an earlier part should have known.
#include "compiler/sema/Analyze.h"
#include "compiler/basic/Suggestion.h"
#include "compiler/sema/data/Data.h"
#include "compiler/sema/Hypers.h"
#include "compiler/sema/Imports.h"
#include "compiler/sema/LayerTable.h"
#include "compiler/sema/Lint.h"
#include "compiler/sema/Predict.h"
#include "compiler/sema/Resolve.h"
#include "compiler/sema/Train.h"
#include "compiler/sema/Unapplied.h"
#include "llvm/Support/Path.h"

namespace nn {

namespace sema {

std::set<std::string> Program::closure(const std::string &network) const {
  std::set<std::string> all;
  std::vector<std::string> open{network};
  while (!open.empty()) {
    std::string next = open.back();
    open.pop_back();
    auto entry = inner.find(next);
    if (all.insert(next).second && entry != inner.end())
      open.insert(open.end(), entry->second.begin(), entry->second.end());
  }
  return all;
}

std::vector<const Slot *> Program::parametersOf(const std::string &path) const {
  std::vector<const Slot *> found;
  std::set<std::string> networks = closure(path);
  for (const Slot &slot : slots) {
    bool isInside = slot.path == path || llvm::StringRef(slot.path).starts_with(path + ".");
    if (slot.role == "parameter" && (isInside || networks.count(slot.network)))
      found.push_back(&slot);
  }
  return found;
}

void Program::reportNoPart(const std::string &path, Location where) const {
  std::set<std::string> paths;
  for (const Slot &slot : slots)
    for (llvm::StringRef part = slot.path; slot.role == "parameter" && !part.empty();
         part = part.rsplit('.').first) {
      paths.insert(part.str());
      if (!part.contains('.'))
        break;
    }
  reporter.report(DiagnosticKind::UnknownName, where, {"part of a network", path})
      .suggest(closest(path, {paths.begin(), paths.end()}));
}

namespace {

constexpr int maxRounds = 8;

// `environment` and `select` exist in the grammar only.
void refuseLater(const SourceModule &module, Reporter &reporter) {
  for (const ast::DeclPtr &decl : module.file->declarations)
    if (llvm::isa<ast::EnvironmentDecl>(decl.get()) || llvm::isa<ast::SelectDecl>(decl.get()))
      reporter.report(DiagnosticKind::NotYetSupported, decl->where, {keywordOf(*decl)});
}

void finishInit(Program &program) {
  program.init.builder.path.clear();
  addSlotResults(program, program.init, [](typed::Value) { return true; });
  program.init.builder.prune();
  auto &graphs = program.result.graphs;
  graphs.insert(graphs.begin(), std::move(program.init.builder.graph));
}

void finishKnowledge(Program &program) {
  for (auto &[network, weights] : program.found.weights) {
    std::vector<const Slot *> parameters = program.parametersOf(network);
    if (parameters.empty() && network.find('.') != std::string::npos)
      program.reportNoPart(network, program.weightPlaces.at(network));
    for (const Slot *slot : parameters)
      if (slot->shape.size() >= 2)
        weights.push_back({slot->path, slot->shape});
  }
  for (typed::Hyper &hyper : program.result.hypers)
    hyper.compiled = program.found.compiledHypers.count(hyper.name);
}

// An evaluator outside of all declarations and graphs.
struct TopLevel {
  explicit TopLevel(Program &program) : evaluator(program) {
    program.init.isInit = true;
    program.init.builder.graph.name = "init";
    frame.home = &program.main;
    frame.parent = &top;
    evaluator.graph = &scratch;
    evaluator.frame = &frame;
    evaluator.scope = &scope;
  }

  GraphContext scratch;
  Parent top;
  Frame frame;
  Scope scope;
  Evaluator evaluator;
};

void run(Program &program) {
  TopLevel top(program);
  Evaluator &evaluator = top.evaluator;
  program.result.name = llvm::sys::path::stem(program.main.path).str();
  program.result.sourceDirectory = program.main.directory;
  declareHypers(evaluator);
  declareData(evaluator);
  std::vector<typed::Layer> trained;
  buildTrains(evaluator, trained);
  buildPredict(evaluator, program.result.layers);
  // What only trainings have, as the other side of a pair of networks, comes last.
  joinLayers(program.result.layers, trained);
  if (program.reporter.hasErrors())
    return;
  finishInit(program);
  finishKnowledge(program);
}

// With a program of its own, so that the one to be compiled has no trace of it.
void judgeUnapplied(Program &program, const std::set<const ast::Decl *> &applied) {
  TopLevel top(program);
  declareHypers(top.evaluator);
  applyUnapplied(top.evaluator, applied);
}

void reportUnusedHypers(const SourceModule &main, const std::set<const ast::Decl *> &used,
                        Reporter &reporter) {
  for (const ast::DeclPtr &decl : main.file->declarations)
    if (llvm::isa<ast::HyperDecl>(decl.get()) && !used.count(decl.get()))
      reporter.report(DiagnosticKind::UnusedHyper, decl->name.where, {"`" + decl->name.text + "`"});
}

} // namespace

} // namespace sema

std::unique_ptr<typed::Program> analyze(uint32_t mainFile, SourceManager &sources, DiagnosticEngine &engine,
                                        const AnalyzeOptions &options) {
  using namespace sema;
  Reporter reporter(engine);
  Imports imports(sources, engine, reporter, options.libraryDirectory);
  const SourceModule *main = imports.loadMain(mainFile);
  if (!main || engine.hasErrors())
    return nullptr;
  std::set<const ast::Decl *> usedHypers;
  auto libraryImport = [&](const std::string &name) { return imports.libraryImport(name); };
  for (const SourceModule *module : imports.all()) {
    refuseLater(*module, reporter);
    resolve(*module, reporter, usedHypers, libraryImport);
  }

  Knowledge assumed;
  for (int round = 0; round < maxRounds; ++round) {
    sema::Program program{sources, reporter, options, *main, imports.all(), assumed};
    run(program);
    usedHypers.insert(program.usedHypers.begin(), program.usedHypers.end());
    if (engine.hasErrors() || program.found == assumed) {
      sema::Program trial{sources, reporter, options, *main, imports.all(), assumed};
      judgeUnapplied(trial, program.applied);
      reportUnusedHypers(*main, usedHypers, reporter);
      if (!engine.hasErrors())
        lint(*main, reporter);
      return engine.hasErrors() ? nullptr : std::make_unique<typed::Program>(std::move(program.result));
    }
    assumed = std::move(program.found);
  }
  reporter.report(DiagnosticKind::TooLarge, Location{mainFile, 0, 0});
  return nullptr;
}

} // namespace nn
