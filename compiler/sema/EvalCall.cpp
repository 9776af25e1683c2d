// Calls and pipes: a declaration with two parameter lists, called once, builds; a built one, or one with a
// single list, is applied. An application expands the body, once for the same operands in one graph.
#include "compiler/basic/Suggestion.h"
#include "compiler/sema/Evaluator.h"
#include "compiler/sema/Judge.h"
#include "compiler/sema/LayerTable.h"
#include "compiler/sema/LossInput.h"
#include <cstring>

namespace nn::sema {

using ast::FunctionDecl;
using ast::ModuleDecl;
using ast::ModuleKind;
using ast::OptimizerDecl;

namespace {

constexpr size_t maxCalls = 100;

bool builds(const ast::Decl *decl) {
  if (auto *module = llvm::dyn_cast<ModuleDecl>(decl))
    return module->construction.has_value();
  return llvm::isa<OptimizerDecl>(decl);
}

const std::vector<ast::Parameter> *firstParameters(const Value &callee) {
  if (auto *instance = callee.instance()) {
    auto *module = llvm::dyn_cast<ModuleDecl>(instance->decl);
    return module ? &module->data : nullptr;
  }
  auto *ref = callee.as<DeclRef>();
  if (!ref)
    return nullptr;
  if (auto *function = llvm::dyn_cast<FunctionDecl>(ref->decl))
    return &function->parameters;
  if (auto *optimizer = llvm::dyn_cast<OptimizerDecl>(ref->decl))
    return &optimizer->construction;
  if (auto *module = llvm::dyn_cast<ModuleDecl>(ref->decl))
    return module->construction ? &*module->construction : &module->data;
  return nullptr;
}

// The kind of name a parameter of this type takes.
std::optional<NameKind> preferredBy(const ast::TypeExpr *type, std::optional<NameKind> otherwise) {
  if (!type)
    return otherwise;
  static const std::pair<const char *, NameKind> kinds[] = {
      {"fn", NameKind::Function},     {"initializer", NameKind::Initializer},
      {"network", NameKind::Network}, {"layer", NameKind::Layer},
      {"loss", NameKind::Loss},       {"metric", NameKind::Metric}};
  for (auto &[word, kind] : kinds)
    if (type->name.text == word)
      return kind;
  return otherwise;
}

// Puts arguments in the order of the parameters; null where one is left out, nothing after an error.
std::optional<std::vector<const CallValue *>> arrange(Evaluator &evaluator, const std::string &callee,
                                                      const std::vector<std::string> &names,
                                                      const CallValues &arguments) {
  std::vector<const CallValue *> places(names.size(), nullptr);
  size_t next = 0;
  bool good = true;
  for (const CallValue &argument : arguments) {
    size_t place = next;
    if (argument.name.empty()) {
      ++next;
      if (place >= names.size()) {
        evaluator.error(DiagnosticKind::TooManyArguments, argument.where,
                        {callee, std::to_string(names.size())});
        return std::nullopt;
      }
    } else {
      place = size_t(llvm::find(names, argument.name) - names.begin());
      if (place == names.size()) {
        evaluator.error(DiagnosticKind::UnknownArgument, argument.nameWhere, {callee, argument.name})
            .suggest(closest(argument.name, names));
        good = false;
        continue;
      }
    }
    if (places[place]) {
      evaluator.error(DiagnosticKind::DuplicateArgument, argument.where, {names[place]})
          .label(places[place]->where, "first given here");
      good = false;
      continue;
    }
    places[place] = &argument;
  }
  if (!good)
    return std::nullopt;
  return places;
}

std::vector<std::string> namesOf(const std::vector<ast::Parameter> &parameters) {
  std::vector<std::string> names;
  for (const ast::Parameter &parameter : parameters)
    names.push_back(parameter.name.text);
  return names;
}

// A text that is equal for equal operands, or nothing if one has no such text.
std::optional<std::string> keyOf(const CallValues &arguments) {
  std::string key;
  for (const CallValue &argument : arguments) {
    key += "," + argument.name + "=";
    if (auto *tensor = argument.value.as<Tensor>())
      key += "%" + std::to_string(tensor->value.node) + "#" + std::to_string(tensor->value.result) + "@" +
             std::to_string(reinterpret_cast<uintptr_t>(tensor->owner));
    else if (argument.value.isNumber())
      key += formatNumber(argument.value.number());
    else
      return std::nullopt;
  }
  return key;
}

} // namespace

CallValues Evaluator::evaluateArguments(const ast::CallExpr &expr, const Value &callee) {
  const std::vector<ast::Parameter> *parameters = firstParameters(callee);
  CallValues values;
  size_t position = 0;
  for (const ast::Argument &argument : expr.arguments) {
    const ast::TypeExpr *type = nullptr;
    if (parameters && argument.name) {
      for (const ast::Parameter &parameter : *parameters)
        if (parameter.name.text == argument.name->text)
          type = parameter.type.get();
    } else if (parameters && position < parameters->size()) {
      type = (*parameters)[position].type.get();
    }
    position += !argument.name;
    CallValue value;
    value.value = evaluate(*argument.value, preferredBy(type, frame->preferred));
    value.where = argument.value->where;
    if (argument.name) {
      value.name = argument.name->text;
      value.nameWhere = argument.name->where;
    }
    values.push_back(std::move(value));
  }
  return values;
}

Value Evaluator::evaluateCall(const ast::CallExpr &expr) {
  std::string name = std::move(boundName);
  boundName.clear();
  Value callee = evaluate(*expr.callee);
  if (callee.isPoison())
    return callee;
  CallValues arguments = evaluateArguments(expr, callee);
  if (auto *ref = callee.as<DeclRef>(); ref && builds(ref->decl) && !ref->isApplied)
    return build(*ref, arguments, expr.where, name);
  return call(callee, arguments, expr.where, expr.callee->where);
}

// `x |> f`, `x |> f(2)`, `x |> Layer(2)`, `optimizer |> optimizer`.
Value Evaluator::evaluatePipe(const ast::BinaryExpr &expr) {
  Value left = evaluate(*expr.left);
  auto *right = llvm::dyn_cast<ast::CallExpr>(expr.right.get());
  Value callee = evaluate(right ? *right->callee : *expr.right);
  if (left.isPoison() || callee.isPoison())
    return Poison();
  CallValues arguments;
  if (right)
    arguments = evaluateArguments(*right, callee);
  Location where = expr.right->where;

  if (!right && callee.as<OptimizerChain>())
    return chain(left, callee, where);
  if (auto *ref = callee.as<DeclRef>(); ref && builds(ref->decl) && !ref->isApplied) {
    Value built = build(*ref, arguments, where, "");
    if (built.isPoison() || llvm::isa<OptimizerDecl>(ref->decl))
      return built.isPoison() ? built : chain(left, built, where);
    callee = built;
    arguments.clear();
  }
  arguments.insert(arguments.begin(), CallValue{"", left, expr.left->where, {}});
  return call(callee, arguments, where, right ? right->callee->where : where);
}

Value Evaluator::chain(const Value &left, const Value &right, Location where) {
  auto *first = left.as<OptimizerChain>();
  auto *second = right.as<OptimizerChain>();
  if (!first)
    return fail(DiagnosticKind::NotAnOptimizer, where, {describe(left), "an optimizer before an optimizer"});
  OptimizerChain joined = *first;
  joined.links.insert(joined.links.end(), second->links.begin(), second->links.end());
  return joined;
}

Value Evaluator::call(const Value &callee, const CallValues &arguments, Location where,
                      Location calleeWhere) {
  for (const CallValue &argument : arguments)
    if (argument.value.isPoison())
      return Poison();
  if (auto *builtin = callee.as<BuiltinRef>())
    return callBuiltin(*builtin->builtin, arguments, where);
  if (auto *instance = callee.as<std::shared_ptr<Instance>>())
    return apply(*instance, arguments, where);
  if (auto *ref = callee.as<DeclRef>()) {
    if (llvm::isa<FunctionDecl>(ref->decl))
      return callFunction(*ref, arguments, where);
    if (llvm::isa<ast::EnvironmentDecl>(ref->decl))
      return fail(DiagnosticKind::NotYetSupported, where, {"environment"});
    Value built = build(*ref, {}, where, "");
    if (auto *instance = built.as<std::shared_ptr<Instance>>())
      return apply(*instance, arguments, where);
    return built;
  }
  return fail(DiagnosticKind::NotCallable, calleeWhere, {describe(callee)});
}

Value Evaluator::callBuiltin(const Builtin &builtin, const CallValues &arguments, Location where) {
  for (const CallValue &argument : arguments)
    if (argument.value.isPoison())
      return Poison();
  const std::vector<std::string> &names = builtin.parameters;
  auto places = arrange(*this, builtin.name, names, arguments);
  if (!places)
    return Poison();
  BuiltinCall call{builtin, where, {}, {}};
  for (size_t i = 0; i < places->size(); ++i) {
    if (!(*places)[i] && i < builtin.required)
      return fail(DiagnosticKind::MissingArgument, where, {builtin.name, names[i]});
    call.values.push_back((*places)[i] ? &(*places)[i]->value : nullptr);
    call.places.push_back((*places)[i] ? (*places)[i]->where : where);
  }
  this->builder().where = where;
  Value result = builtin.evaluate(*this, call);
  noteStep(*this, std::string(builtin.name), result, where); // `tanh`
  return result;
}

namespace {

// Whether a type has sizes that are not inferred but computed, as `2*k`, from what other arguments give.
bool hasComputedSizes(const ast::TypeExpr *type) {
  return type && llvm::any_of(type->shape, [](const ast::DimExpr &dim) {
           return dim.size && !llvm::isa<ast::NameExpr>(*dim.size) && !llvm::isa<ast::NumberExpr>(*dim.size);
         });
}

} // namespace

// Binds one parameter list in the present scope. Defaults are evaluated here, where earlier parameters are
// seen. Last come what has computed sizes, and then plain numbers, because the shape they take may be given
// by another argument.
bool Evaluator::bindParameters(const std::string &name, const std::vector<ast::Parameter> &parameters,
                               const CallValues &arguments, Location where, bool isFunction) {
  auto places = arrange(*this, name, namesOf(parameters), arguments);
  if (!places)
    return false;
  std::vector<Value> values(parameters.size());
  std::vector<Location> wheres(parameters.size(), where);
  bool good = true;
  auto bindOne = [&](size_t i) {
    const ast::Parameter &parameter = parameters[i];
    values[i] =
        accept(parameter.type.get(), "`" + parameter.name.text + "`", values[i], wheres[i], parameter.where);
    good &= !values[i].isPoison();
    Variable &variable = scope->variables[parameter.name.text] = {values[i], parameter.name.where, false, "",
                                                                  parameter.type.get()};
    variable.given = wheres[i];
  };
  std::vector<size_t> computed, numbers;
  for (size_t i = 0; i < parameters.size(); ++i) {
    const ast::Parameter &parameter = parameters[i];
    auto implicit = implicitArguments.find(parameter.name.text);
    if (const CallValue *given = (*places)[i]) {
      values[i] = given->value;
      wheres[i] = given->where;
    } else if (isFunction && implicit != implicitArguments.end()) {
      values[i] = implicit->second;
    } else if (parameter.value) {
      values[i] = evaluate(*parameter.value, preferredBy(parameter.type.get(), std::nullopt));
      wheres[i] = parameter.value->where;
    } else {
      error(DiagnosticKind::MissingArgument, where, {name, parameter.name.text})
          .label(parameter.where, "declared here");
      good = false;
      continue;
    }
    if (values[i].isPoison()) {
      good = false;
      continue;
    }
    scope->variables[parameter.name.text] = {values[i], parameter.name.where, false, ""};
    if (values[i].isNumber() && parameter.type && parameter.type->hasShape)
      numbers.push_back(i);
    else if (hasComputedSizes(parameter.type.get()))
      computed.push_back(i);
    else
      bindOne(i);
  }
  for (size_t i : llvm::concat<size_t>(computed, numbers))
    bindOne(i);
  return good;
}

Value Evaluator::callFunction(const DeclRef &ref, const CallValues &arguments, Location where) {
  auto &decl = llvm::cast<FunctionDecl>(*ref.decl);
  if (program.reporter.calls.size() >= maxCalls || !enter(where))
    return tooDeep(decl.name.text, where);
  judgeCall(*this, ref, arguments, where);
  program.reporter.calls.push_back({decl.name.text, where});
  Value result = Poison();
  {
    Restore restore(*this);
    Frame body{ref.home, frame->parent, std::nullopt, std::nullopt, false};
    Scope locals;
    frame = &body;
    scope = &locals;
    if (bindParameters(decl.name.text, decl.parameters, arguments, where, true)) {
      result = evaluateStatements(decl.body);
      checkResults(decl, decl.results, decl.resultIsTuple, result, where);
    }
  }
  program.reporter.calls.pop_back();
  leave();
  if (ref.home->isLibrary)
    noteStep(*this, decl.name.text, result, where);
  return result;
}

Value Evaluator::build(const DeclRef &ref, const CallValues &arguments, Location where,
                       const std::string &boundName) {
  for (const CallValue &argument : arguments)
    if (argument.value.isPoison())
      return Poison();
  auto *module = llvm::dyn_cast<ModuleDecl>(ref.decl);
  auto *optimizer = llvm::dyn_cast<OptimizerDecl>(ref.decl);
  if (!module && !optimizer)
    return fail(DiagnosticKind::NotCallable, where, {describe(ref)});

  auto instance = std::make_shared<Instance>();
  instance->decl = ref.decl;
  instance->home = ref.home;
  instance->where = where;
  const std::string &name = ref.decl->name.text;
  if (isModule(ref.decl, ModuleKind::Network) || optimizer)
    instance->path = name;
  else
    instance->path = boundName.empty() ? frame->parent->unnamed(name) : frame->parent->named(boundName);

  static const std::vector<ast::Parameter> none;
  const auto &parameters = optimizer              ? optimizer->construction
                           : module->construction ? *module->construction
                                                  : none;
  {
    Restore restore(*this);
    Frame header{ref.home, frame->parent, std::nullopt, std::nullopt, false};
    Scope locals;
    frame = &header;
    scope = &locals;
    program.reporter.calls.push_back({name, where});
    bool good = bindParameters(name, parameters, arguments, where, false);
    program.reporter.calls.pop_back();
    if (!good)
      return Poison();
    for (auto &[parameter, variable] : locals.variables)
      instance->construction[parameter] = variable.value;
  }
  if (optimizer) {
    judgeOptimizer(*this, *instance);
    return OptimizerChain{{instance}};
  }
  return instance;
}

// The declaration that calls itself, which is the one met most often on the way here, not the innocent one
// that was one too many.
Value Evaluator::tooDeep(const std::string &name, Location where) {
  std::map<std::string, std::vector<Location>> places;
  std::string worst = name;
  for (const Reporter::Call &call : program.reporter.calls) {
    places[call.name].push_back(call.where);
    if (places[call.name].size() > places[worst].size())
      worst = call.name;
  }
  bool isRepeated = places[worst].size() > 1;
  Reporter::Call found{worst, isRepeated ? places[worst][1] : where}; // the first that is a repetition
  std::vector<Reporter::Call> calls = std::exchange(program.reporter.calls, {});
  error(DiagnosticKind::TooDeep, found.where, {found.name});
  program.reporter.calls = std::move(calls);
  return Poison();
}

// A network's name is the beginning of its parameters' names, so it belongs to one declaration.
bool Evaluator::claimNetwork(const std::string &path, const ModuleDecl &decl, Location where) {
  auto [entry, isNew] = program.networks.try_emplace(path, &decl);
  if (isNew || entry->second == &decl)
    return true;
  error(DiagnosticKind::DuplicateNetwork, where, {"network", path})
      .label(entry->second->name.where, "the other one")
      .label(decl.name.where, "this one");
  return false;
}

Value Evaluator::apply(const std::shared_ptr<Instance> &instance, const CallValues &arguments,
                       Location where) {
  auto *decl = llvm::dyn_cast<ModuleDecl>(instance->decl);
  if (!decl)
    return fail(DiagnosticKind::NotCallable, where, {describe(instance)});
  if (program.reporter.calls.size() >= maxCalls || !enter(where))
    return tooDeep(decl->name.text, where);
  if (isModule(decl, ModuleKind::Network) && !claimNetwork(instance->path, *decl, where))
    return Poison();

  auto operands = keyOf(arguments);
  std::string key = instance->path + "(" + operands.value_or("");
  auto known = operands ? graph->applied.find(key) : graph->applied.end();
  Value result = Poison();
  if (known != graph->applied.end()) {
    result = known->second;
  } else {
    program.reporter.calls.push_back({decl->name.text, where});
    result = runBody(*instance, *decl, arguments, where);
    program.reporter.calls.pop_back();
    noteApplied(*instance, *decl, arguments, result, where);
    if (operands)
      graph->applied[key] = result;
  }
  leave();
  return result;
}

// What later messages need to know of an application.
void Evaluator::noteApplied(const Instance &instance, const ModuleDecl &decl, const CallValues &arguments,
                            const Value &result, Location where) {
  bool isNetwork = decl.module == ModuleKind::Network, isLayer = decl.module == ModuleKind::Layer;
  if (isLayer && instance.home->isLibrary)
    noteStep(*this, decl.name.text, result, where);
  if (isNetwork)
    noteNetwork(*this, decl.name.text, result);
  if (isNetwork || isLayer)
    noteMade(result, where);
  if (decl.module == ModuleKind::Loss && !result.isPoison())
    judgeLossInputs(*this, instance, arguments);
}

Value Evaluator::runBody(const Instance &instance, const ModuleDecl &decl, const CallValues &arguments,
                         Location where) {
  Restore restore(*this);
  program.applied.insert(&decl);
  bool isNetwork = decl.module == ModuleKind::Network;
  Parent parent;
  parent.path = instance.path;
  parent.network = isNetwork ? instance.path : frame->parent->network;
  if (isNetwork) {
    if (!frame->parent->network.empty())
      program.inner[frame->parent->network].insert(instance.path);
  } else if (decl.module == ModuleKind::Layer) {
    frame->parent->hasLayers = true;
  }

  Frame body{instance.home, &parent, nameKindOf(decl), std::nullopt, false};
  Scope locals;
  frame = &body;
  scope = &locals;
  for (const auto &[name, value] : instance.construction)
    locals.variables[name] = {value, instance.where, false, ""};
  std::string outer = builder().path;
  bool isLayer = isNetwork || decl.module == ModuleKind::Layer;
  if (isLayer)
    builder().path = instance.path;
  size_t firstRow = graph->layers.size();
  bool isTabled = isNetwork && !graph->tabled.insert(instance.path).second;
  size_t firstNode = builder().graph.nodes.size();

  Value result = Poison();
  if (bindParameters(decl.name.text, decl.data, arguments, where, false)) {
    result = evaluateStatements(decl.body);
    checkResults(decl, decl.results, decl.resultIsTuple, result, where);
  }
  if (decl.module == ModuleKind::Layer || isNetwork)
    addLayerRow(*this, instance, isNetwork || parent.hasLayers, result, firstNode);
  if (isTabled)
    graph->layers.resize(firstRow);
  builder().path = outer;
  return result;
}

} // namespace nn::sema
