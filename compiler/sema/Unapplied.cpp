#include "compiler/sema/Unapplied.h"
#include "compiler/ast/Walk.h"

namespace nn::sema {

using ast::ModuleDecl;
using ast::ModuleKind;
using typed::Element;

namespace {

class Trial {
public:
  Trial(Evaluator &evaluator, const ModuleDecl &decl) : evaluator(evaluator), decl(decl) {}

  void run(bool training);

private:
  bool isBatch(const ast::Expr &size, size_t axis) const;
  bool isKnown(const ast::Expr &size) const;
  std::optional<typed::TensorType> typeOf(const ast::TypeExpr *type);
  std::optional<CallValues> arguments();

  Evaluator &evaluator;
  const ModuleDecl &decl;
};

// Layers are applied to weights too, so their first axis is the batch only where it is called so.
bool Trial::isBatch(const ast::Expr &size, size_t axis) const {
  auto *name = llvm::dyn_cast<ast::NameExpr>(&size);
  if (!name || axis != 0 || evaluator.frame->home->find(name->name, NameKind::Hyper))
    return false;
  return decl.module == ModuleKind::Network || name->name == "b" || name->name == "batch";
}

bool Trial::isKnown(const ast::Expr &size) const {
  bool known = true;
  ast::walk(size, [&](const ast::Expr &expr) {
    auto *name = llvm::dyn_cast<ast::NameExpr>(&expr);
    known &= !name || evaluator.scope->find(name->name) || findBuiltin(name->name) ||
             evaluator.frame->home->find(name->name, NameKind::Hyper);
  });
  return known;
}

// Of an argument that the written type takes, if the type says it all.
std::optional<typed::TensorType> Trial::typeOf(const ast::TypeExpr *type) {
  bool isLabel = type && type->name.text == "class";
  if (!type || !type->hasShape || (!isLabel && type->name.text != "f32" && type->name.text != "mask") ||
      type->arguments.size() != size_t(isLabel))
    return std::nullopt;
  for (size_t axis = 0; axis < type->shape.size(); ++axis) {
    const ast::Expr *size = type->shape[axis].size.get();
    if (!size)
      return std::nullopt;
    if (isBatch(*size, axis))
      evaluator.scope->variables[llvm::cast<ast::NameExpr>(size)->name] = {BatchSize{1}, size->where, false,
                                                                           ""};
    if (!isKnown(*size))
      return std::nullopt;
  }
  auto shape = evaluator.shapeOf(type->shape, false);
  if (!shape || !product(*shape))
    return std::nullopt;
  if (!isLabel)
    return typed::TensorType{type->name.text == "mask" ? Element::Mask : Element::Float, *shape, 0};
  const ast::Expr &classes = *type->arguments[0].value;
  if (!isKnown(classes))
    return std::nullopt;
  auto count = evaluator.asSize(evaluator.evaluate(classes), classes.where, "the number of classes");
  return count ? std::optional(typed::TensorType{Element::Label, *shape, count->size}) : std::nullopt;
}

// What has a default takes it.
std::optional<CallValues> Trial::arguments() {
  CallValues values;
  for (const ast::Parameter &parameter : decl.data) {
    if (parameter.value)
      continue;
    auto type = typeOf(parameter.type.get());
    if (!type)
      return std::nullopt;
    typed::Value value = evaluator.builder().argument("field", parameter.name.text, *type);
    values.push_back({parameter.name.text, evaluator.tensor(value), parameter.where, parameter.where});
  }
  return values;
}

// Without a place, so that no message speaks of a use that nobody wrote.
void Trial::run(bool training) {
  GraphContext graph;
  graph.training = training;
  Restore restore(evaluator);
  Parent parent;
  if (decl.module != ModuleKind::Network)
    parent.network = decl.name.text;
  Frame frame{evaluator.frame->home, &parent, std::nullopt, std::nullopt, false};
  Scope scope;
  evaluator.graph = &graph;
  evaluator.frame = &frame;
  evaluator.scope = &scope;
  Value built = evaluator.build({&decl, frame.home}, {}, Location(), decl.name.text);
  auto *instance = built.as<std::shared_ptr<Instance>>();
  if (!instance)
    return;
  for (const auto &[name, value] : (*instance)->construction)
    scope.variables[name] = {value, decl.name.where, false, ""};
  if (auto values = arguments())
    evaluator.apply(*instance, *values, Location());
}

bool hasDefaults(const ModuleDecl &decl) {
  return !decl.construction || llvm::all_of(*decl.construction, [](const ast::Parameter &parameter) {
    return parameter.value != nullptr;
  });
}

} // namespace

void applyUnapplied(Evaluator &evaluator, const std::set<const ast::Decl *> &applied) {
  const SourceModule &main = evaluator.program.main;
  evaluator.frame->home = &main;
  for (bool isNetwork : {true, false}) // what they apply is applied
    for (const ast::DeclPtr &each : main.file->declarations) {
      auto *decl = llvm::dyn_cast<ModuleDecl>(each.get());
      if (!decl || (decl->module == ModuleKind::Network) != isNetwork ||
          decl->module == ModuleKind::Initializer || !hasDefaults(*decl) || applied.count(decl) ||
          evaluator.program.applied.count(decl))
        continue;
      for (bool training : {true, false})
        Trial(evaluator, *decl).run(training);
    }
}

} // namespace nn::sema
