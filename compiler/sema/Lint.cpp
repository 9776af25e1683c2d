// Names that are used are collected once; each judgement is a function of its own.
#include "compiler/sema/Lint.h"
#include "compiler/ast/Walk.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

namespace nn::sema {

using llvm::cast;
using llvm::dyn_cast;
using llvm::isa;

namespace {

struct Use {
  std::string name;
  const ast::Decl *in; // a declaration that uses only itself is not used
};

std::vector<Use> usesOf(const ast::File &file) {
  std::vector<Use> uses;
  for (const ast::DeclPtr &decl : file.declarations) {
    auto onExpr = [&](const ast::Expr &expr) {
      if (auto *name = dyn_cast<ast::NameExpr>(&expr))
        uses.push_back({name->name, decl.get()});
    };
    ast::walk(*decl, onExpr, [](const ast::Stmt &) {});
    if (auto *train = dyn_cast<ast::TrainDecl>(decl.get()))
      for (const ast::Name &name : train->data)
        uses.push_back({name.text, decl.get()});
    if (auto *select = dyn_cast<ast::SelectDecl>(decl.get()))
      uses.push_back({select->of.text, decl.get()});
  }
  return uses;
}

// A file without a training or a prediction is a library: what it declares is for others.
bool isLibraryFile(const ast::File &file) {
  return llvm::none_of(file.declarations, [](const ast::DeclPtr &decl) {
    return isa<ast::TrainDecl>(decl.get()) || isa<ast::PredictDecl>(decl.get());
  });
}

// Fields are read without the name of their data set.
bool isFieldUsed(const ast::DataDecl &data, const std::vector<Use> &uses) {
  for (const ast::StmtPtr &stmt : data.body.statements)
    if (auto *column = dyn_cast<ast::ColumnStmt>(stmt.get()))
      if (llvm::any_of(uses, [&](const Use &use) { return use.name == column->name.text; }))
        return true;
  return false;
}

void judgeDeclarations(const SourceModule &main, const std::vector<Use> &uses, Reporter &reporter) {
  for (const ast::DeclPtr &decl : main.file->declarations) {
    auto *data = dyn_cast<ast::DataDecl>(decl.get());
    bool canBeUsed = data || isa<ast::ModuleDecl>(decl.get()) || isa<ast::FunctionDecl>(decl.get()) ||
                     isa<ast::OptimizerDecl>(decl.get());
    bool isUsed = llvm::any_of(
        uses, [&](const Use &use) { return use.name == decl->name.text && use.in != decl.get(); });
    if (canBeUsed && !isUsed && decl->name.text[0] != '_' && !(data && isFieldUsed(*data, uses)))
      reporter.report(DiagnosticKind::UnusedDeclaration, decl->name.where,
                      {keywordOf(*decl), decl->name.text});
  }
}

bool reaches(const SourceModule *from, const std::set<const SourceModule *> &wanted,
             std::set<const SourceModule *> &seen) {
  if (!from || !seen.insert(from).second)
    return false;
  return wanted.count(from) ||
         llvm::any_of(from->imported, [&](const auto &next) { return reaches(next.second, wanted, seen); });
}

void judgeImports(const SourceModule &main, const std::vector<Use> &uses, Reporter &reporter) {
  std::set<const SourceModule *> homes;
  for (const Use &use : uses) {
    for (const auto &names : main.names)
      if (auto entry = names.find(use.name); entry != names.end())
        homes.insert(entry->second.home);
    if (auto alias = main.aliases.find(use.name); alias != main.aliases.end())
      homes.insert(alias->second);
  }
  homes.erase(&main);
  for (const auto &[decl, module] : main.imported) {
    std::set<const SourceModule *> seen;
    if (!module->isLibrary && !reaches(module, homes, seen))
      reporter.report(DiagnosticKind::UnusedImport, decl->targetWhere);
  }
}

void judgeStates(const ast::ModuleDecl &decl, Reporter &reporter) {
  std::vector<const ast::Binding *> states;
  std::set<std::string> assigned;
  auto onStmt = [&](const ast::Stmt &stmt) {
    if (auto *state = dyn_cast<ast::StateStmt>(&stmt))
      for (const ast::Binding &binding : state->bindings)
        states.push_back(&binding);
    if (auto *assign = dyn_cast<ast::AssignStmt>(&stmt))
      assigned.insert(assign->target.text);
  };
  ast::walk(
      decl, [](const ast::Expr &) {}, onStmt);
  for (const ast::Binding *state : states)
    if (!assigned.count(state->name.text))
      reporter.report(DiagnosticKind::ConstantState, state->name.where, {state->name.text});
}

} // namespace

void lint(const SourceModule &main, Reporter &reporter) {
  std::vector<Use> uses = usesOf(*main.file);
  if (!isLibraryFile(*main.file))
    judgeDeclarations(main, uses, reporter);
  judgeImports(main, uses, reporter);
  for (const ast::DeclPtr &decl : main.file->declarations)
    if (auto *module = dyn_cast<ast::ModuleDecl>(decl.get()))
      judgeStates(*module, reporter);
}

} // namespace nn::sema
