#include "compiler/sema/Resolve.h"
#include "compiler/basic/Suggestion.h"
#include "compiler/sema/Braces.h"
#include "compiler/sema/Builtins.h"
#include "llvm/ADT/STLExtras.h"

namespace nn::sema {

using namespace ast;

namespace {

class Resolver {
public:
  Resolver(const SourceModule &module, Reporter &reporter, std::set<const Decl *> &usedHypers,
           const std::function<std::string(const std::string &)> &libraryImport)
      : module(module), reporter(reporter), usedHypers(usedHypers), libraryImport(libraryImport) {}

  void visit(const Decl &decl);

private:
  struct Local {
    Location where;
    bool used;
    bool exempt; // sizes, and parameters whose list is fixed by the language
    bool isParameter = false;
  };
  using Scope = std::map<std::string, Local>;

  void visitModule(const ModuleDecl &decl);
  void visitFunction(const FunctionDecl &decl);
  void visitOptimizer(const OptimizerDecl &decl);
  void visitTrain(const TrainDecl &decl);

  void open() { scopes.emplace_back(); }
  void close();
  void bind(const Name &name, bool exempt = false, bool isParameter = false);
  void known(const std::string &name) { scopes.back()[name] = {Location(), true, true, false}; }
  void judgeShadow(const Name &name);
  bool markUsed(const std::string &name);
  void use(const std::string &name, Location where);
  std::vector<std::string> candidates() const;

  void bareSizes(const std::vector<Parameter> &list);
  void parameters(const std::vector<Parameter> &list, bool exempt);
  void type(const TypeExpr *type, bool binds);
  void size(const Expr *size, bool binds);
  void block(const Block &block);
  void statements(const Block &block);
  void statement(const Stmt &stmt);
  void binding(const Binding &binding);
  void letStatement(const LetStmt &stmt);
  void expr(const Expr *expr);
  void call(const CallExpr &call);
  void scan(const ScanExpr &scan);

  const SourceModule &module;
  Reporter &reporter;
  std::set<const Decl *> &usedHypers;
  const std::function<std::string(const std::string &)> &libraryImport;
  std::vector<Scope> scopes;
};

void Resolver::close() {
  for (const auto &[name, local] : scopes.back())
    if (!local.used && !local.exempt && name[0] != '_')
      reporter.report(local.isParameter ? DiagnosticKind::UnusedArgument : DiagnosticKind::UnusedName,
                      local.where, {"`" + name + "`"});
  scopes.pop_back();
}

// A name of an outer block that is hidden was more often meant to be assigned.
void Resolver::judgeShadow(const Name &name) {
  for (size_t i = scopes.size() - 1; i-- > 0;) {
    auto outer = scopes[i].find(name.text);
    if (outer == scopes[i].end() || outer->second.exempt || name.text[0] == '_')
      continue;
    reporter.report(DiagnosticKind::ShadowedName, name.where, {name.text})
        .label(outer->second.where, "hidden from here on")
        .note("`" + name.text + " = ...` without `let` assigns it");
    return;
  }
}

void Resolver::bind(const Name &name, bool exempt, bool isParameter) {
  auto [entry, isNew] = scopes.back().try_emplace(name.text, Local{name.where, false, exempt, isParameter});
  if (isNew && !exempt && !isParameter)
    judgeShadow(name);
  if (isNew || !entry->second.where.isValid())
    return;
  reporter.report(DiagnosticKind::DuplicateName, name.where, {"name", name.text})
      .label(entry->second.where, "first defined here");
}

bool Resolver::markUsed(const std::string &name) {
  for (size_t i = scopes.size(); i-- > 0;) {
    auto entry = scopes[i].find(name);
    if (entry == scopes[i].end())
      continue;
    entry->second.used = true;
    return true;
  }
  return false;
}

void Resolver::use(const std::string &name, Location where) {
  if (const DeclRef *hyper = module.find(name, NameKind::Hyper))
    usedHypers.insert(hyper->decl);
  if (markUsed(name) || name == "training" || name == "pi" || module.find(name, std::optional<NameKind>()) ||
      module.aliases.count(name) || findBuiltin(name))
    return;
  std::string forgotten = libraryImport(name);
  DiagnosticBuilder diagnostic = reporter.report(DiagnosticKind::UnknownName, where, {"name", name});
  if (!forgotten.empty())
    diagnostic.note("the standard library has it: begin the file with `import " + forgotten + "`");
  else
    diagnostic.suggest(closest(name, candidates()));
}

std::vector<std::string> Resolver::candidates() const {
  std::vector<std::string> names;
  for (size_t i = scopes.size(); i-- > 0;)
    for (const auto &entry : scopes[i])
      names.push_back(entry.first);
  module.collectNames(names);
  collectBuiltins(names);
  return names;
}

void Resolver::size(const Expr *size, bool binds) {
  auto *name = llvm::dyn_cast_or_null<NameExpr>(size);
  if (!name || !binds)
    return expr(size);
  if (const DeclRef *hyper = module.find(name->name, NameKind::Hyper))
    usedHypers.insert(hyper->decl);
  else if (!markUsed(name->name))
    scopes.back()[name->name] = {name->where, true, true, false};
}

// A bare size is bound where a value comes in; elsewhere it must be known.
void Resolver::type(const TypeExpr *type, bool binds) {
  if (!type || type->name.text == "fn")
    return;
  for (const Argument &argument : type->arguments)
    size(argument.value.get(), binds);
  for (const DimExpr &dim : type->shape)
    size(dim.size.get(), binds);
}

// Sizes that stand alone anywhere in the list are known in all of it, in any order.
void Resolver::bareSizes(const std::vector<Parameter> &list) {
  for (const Parameter &parameter : list) {
    if (!parameter.type || parameter.type->name.text == "fn")
      continue;
    for (const DimExpr &dim : parameter.type->shape) {
      auto *name = llvm::dyn_cast_or_null<NameExpr>(dim.size.get());
      bool isParameter =
          name && llvm::any_of(list, [&](const Parameter &each) { return each.name.text == name->name; });
      if (name && !isParameter)
        size(name, true);
    }
  }
}

void Resolver::parameters(const std::vector<Parameter> &list, bool exempt) {
  bareSizes(list);
  for (const Parameter &parameter : list) {
    type(parameter.type.get(), true);
    expr(parameter.value.get());
    bind(parameter.name, exempt, true);
  }
}

void Resolver::visitModule(const ModuleDecl &decl) {
  open();
  if (decl.construction)
    parameters(*decl.construction, false);
  parameters(decl.data, decl.module == ModuleKind::Initializer);
  statements(decl.body);
  for (const TypePtr &result : decl.results)
    type(result.get(), true);
  close();
}

void Resolver::visitFunction(const FunctionDecl &decl) {
  open();
  parameters(decl.parameters, false);
  statements(decl.body);
  for (const TypePtr &result : decl.results)
    type(result.get(), true);
  close();
}

void Resolver::visitOptimizer(const OptimizerDecl &decl) {
  open();
  known("global_norm");
  parameters(decl.construction, false);
  parameters(decl.data, true);
  statements(decl.body);
  close();
}

// Fields are names of the body; so is the batch. Without the data set nothing can be said.
void Resolver::visitTrain(const TrainDecl &decl) {
  if (decl.data.empty() ||
      llvm::any_of(decl.data, [&](const Name &data) { return !module.find(data.text, NameKind::Data); }))
    return;
  open();
  known("batch");
  known("all");
  for (const char *word : {"step", "steps", "epoch", "epochs"})
    known(word);
  for (const Name &data : decl.data) {
    const DeclRef *ref = module.find(data.text, NameKind::Data);
    for (const StmtPtr &stmt : llvm::cast<DataDecl>(ref->decl)->body.statements)
      if (auto *column = llvm::dyn_cast<ColumnStmt>(stmt.get()))
        known(column->name.text);
    known("features"); // of a table
  }
  open();
  for (const StmtPtr &stmt : decl.body.statements)
    if (stmt->kind == Stmt::Kind::Let || stmt->kind == Stmt::Kind::Minimize ||
        stmt->kind == Stmt::Kind::Measure)
      statement(*stmt);
  close();
  close();
}

void Resolver::visit(const Decl &decl) {
  switch (decl.kind) {
  case Decl::Kind::Module:
    return visitModule(llvm::cast<ModuleDecl>(decl));
  case Decl::Kind::Function:
    return visitFunction(llvm::cast<FunctionDecl>(decl));
  case Decl::Kind::Optimizer:
    return visitOptimizer(llvm::cast<OptimizerDecl>(decl));
  case Decl::Kind::Train:
    return visitTrain(llvm::cast<TrainDecl>(decl));
  default:
    return; // evaluated once, as they stand
  }
}

void Resolver::block(const Block &block) {
  open();
  statements(block);
  close();
}

void Resolver::statements(const Block &block) {
  for (const StmtPtr &stmt : block.statements)
    statement(*stmt);
}

void Resolver::binding(const Binding &binding) {
  type(binding.type.get(), false);
  expr(binding.value.get());
  bind(binding.name);
}

void Resolver::letStatement(const LetStmt &stmt) {
  expr(stmt.value.get());
  type(stmt.type.get(), true);
  for (const Name &name : stmt.names)
    bind(name, stmt.isPattern && name.text == "_");
}

void Resolver::statement(const Stmt &stmt) {
  switch (stmt.kind) {
  case Stmt::Kind::Let:
    return letStatement(llvm::cast<LetStmt>(stmt));
  case Stmt::Kind::Param:
    return binding(llvm::cast<ParamStmt>(stmt).binding);
  case Stmt::Kind::State:
    for (const Binding &each : llvm::cast<StateStmt>(stmt).bindings)
      binding(each);
    return;
  case Stmt::Kind::For: {
    auto &loop = llvm::cast<ForStmt>(stmt);
    expr(loop.range.get());
    open();
    bind(loop.variable, true);
    statements(loop.body);
    return close();
  }
  case Stmt::Kind::Assign: {
    auto &assign = llvm::cast<AssignStmt>(stmt);
    expr(assign.value.get());
    bool isKnown = llvm::any_of(scopes, [&](const Scope &scope) { return scope.count(assign.target.text); });
    if (!isKnown)
      reporter.report(DiagnosticKind::UnknownName, assign.target.where, {"name", assign.target.text})
          .suggest(closest(assign.target.text, candidates()));
    return;
  }
  case Stmt::Kind::Minimize: {
    auto &minimize = llvm::cast<MinimizeStmt>(stmt);
    expr(minimize.objective.get());
    for (const ast::ParameterGroup &group : minimize.groups) {
      for (const ExprPtr &over : group.over)
        expr(over.get());
      expr(group.optimizer.get());
    }
    return;
  }
  case Stmt::Kind::Measure:
    return expr(llvm::cast<MeasureStmt>(stmt).value.get());
  case Stmt::Kind::Expression:
    return expr(llvm::cast<ExprStmt>(stmt).value.get());
  case Stmt::Kind::Yield:
    return expr(llvm::cast<YieldStmt>(stmt).value.get());
  default:
    return; // refused where it is executed
  }
}

void Resolver::call(const CallExpr &call) {
  expr(call.callee.get());
  auto *callee = llvm::dyn_cast<NameExpr>(call.callee.get());
  for (const Argument &argument : call.arguments) {
    expr(argument.value.get());
    auto *text = llvm::dyn_cast<StringExpr>(argument.value.get());
    if (text && callee && callee->name == "require")
      fillBraces(text->value, [&](const std::string &name) {
        use(name, text->where);
        return std::string();
      });
  }
}

// What is carried is a name of the body, which changes it, and afterwards of what is around the scan.
void Resolver::scan(const ScanExpr &scan) {
  for (const ExprPtr &sequence : scan.sequences)
    expr(sequence.get());
  use(scan.axis.text, scan.axis.where);
  expr(scan.reverseIf.get());
  for (const Binding &state : scan.carried) {
    type(state.type.get(), false);
    expr(state.value.get());
  }
  open();
  for (const Name &element : scan.elements)
    bind(element);
  for (const Binding &state : scan.carried)
    bind(state.name, true); // it may be read behind the scan only
  statements(scan.body);
  close();
  for (const Binding &state : scan.carried)
    scopes.back()[state.name.text] = {state.name.where, true, true};
}

void Resolver::expr(const Expr *expr) {
  if (!expr)
    return;
  switch (expr->kind) {
  case Expr::Kind::Name:
    return use(llvm::cast<NameExpr>(expr)->name, expr->where);
  case Expr::Kind::Call:
    return call(*llvm::cast<CallExpr>(expr));
  case Expr::Kind::Index: {
    auto *index = llvm::cast<IndexExpr>(expr);
    this->expr(index->base.get());
    for (const Subscript &subscript : index->subscripts) {
      this->expr(subscript.begin.get());
      this->expr(subscript.end.get());
    }
    return;
  }
  case Expr::Kind::Member:
    return this->expr(llvm::cast<MemberExpr>(expr)->base.get());
  case Expr::Kind::Unary:
    return this->expr(llvm::cast<UnaryExpr>(expr)->operand.get());
  case Expr::Kind::Binary:
    this->expr(llvm::cast<BinaryExpr>(expr)->left.get());
    return this->expr(llvm::cast<BinaryExpr>(expr)->right.get());
  case Expr::Kind::If: {
    auto *choice = llvm::cast<IfExpr>(expr);
    this->expr(choice->condition.get());
    block(choice->then);
    if (choice->otherwise)
      block(*choice->otherwise);
    return;
  }
  case Expr::Kind::Tuple:
    for (const ExprPtr &element : llvm::cast<TupleExpr>(expr)->elements)
      this->expr(element.get());
    return;
  case Expr::Kind::List:
    for (const ExprPtr &element : llvm::cast<ListExpr>(expr)->elements)
      this->expr(element.get());
    return;
  case Expr::Kind::Scan:
    return scan(llvm::cast<ScanExpr>(*expr));
  default:
    return;
  }
}

} // namespace

void resolve(const SourceModule &module, Reporter &reporter, std::set<const Decl *> &usedHypers,
             const std::function<std::string(const std::string &)> &libraryImport) {
  for (const DeclPtr &decl : module.file->declarations)
    Resolver(module, reporter, usedHypers, libraryImport).visit(*decl);
}

} // namespace nn::sema
