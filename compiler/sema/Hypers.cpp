#include "compiler/sema/Hypers.h"
#include "compiler/basic/Suggestion.h"
#include "compiler/sema/Numbers.h"
#include <cstdlib>

namespace nn::sema {

using typed::Hyper;
using typed::HyperType;
using typed::RangeKind;

namespace {

std::optional<HyperType> typeNamed(Evaluator &evaluator, const ast::TypeExpr &type) {
  const std::string &word = type.name.text;
  if (!type.hasShape && word == "f32")
    return HyperType::Float;
  if (!type.hasShape && word == "int")
    return HyperType::Int;
  if (!type.hasShape && word == "bool")
    return HyperType::Bool;
  evaluator.error(DiagnosticKind::HyperType, type.where,
                  {"`" + evaluator.text(type.where) + "`", "`f32`, `int` or `bool`"});
  return std::nullopt;
}

std::optional<double> numberOf(Evaluator &evaluator, const Hyper &hyper, const Value &value, Location where) {
  if (value.isPoison())
    return std::nullopt;
  if (hyper.type == HyperType::Bool) {
    auto flag = evaluator.asBool(value, where, "`true` or `false` for `" + hyper.name + "`");
    return flag ? std::optional(double(*flag)) : std::nullopt;
  }
  if (hyper.type == HyperType::Float)
    return evaluator.asNumber(value, where, "`" + hyper.name + "`");
  auto whole = evaluator.asInt(value, where, "`" + hyper.name + "`");
  return whole ? std::optional(double(*whole)) : std::nullopt;
}

bool setBounds(Evaluator &evaluator, Hyper &hyper, RangeKind kind, double low, double high, Location where) {
  if (high < low || (kind == RangeKind::Log && low <= 0)) {
    bool isEmpty = high < low;
    evaluator.error(isEmpty ? DiagnosticKind::EmptyRange : DiagnosticKind::LogRange, where,
                    {formatNumber(low), formatNumber(high),
                     isEmpty ? "the first is the larger" : "a logarithmic range is above 0"});
    return false;
  }
  hyper.range = kind;
  hyper.low = low;
  hyper.high = high;
  return true;
}

// `log(a, b)`, `linear(a, b)`, `a..b`, `[a, b, c]`.
bool readRange(Evaluator &evaluator, Hyper &hyper, const ast::Expr &range) {
  if (auto *call = llvm::dyn_cast<ast::CallExpr>(&range)) {
    auto *name = llvm::dyn_cast<ast::NameExpr>(call->callee.get());
    bool isLog = name && name->name == "log", isLinear = name && name->name == "linear";
    if ((!isLog && !isLinear) || call->arguments.size() != 2 || hyper.type == HyperType::Bool) {
      evaluator.error(
          DiagnosticKind::HyperRangeForm, range.where,
          {"`" + evaluator.text(range.where) + "`", "`log(a, b)`, `linear(a, b)`, `a..b` or a list"});
      return false;
    }
    std::optional<double> bounds[2];
    for (int i = 0; i < 2; ++i) {
      const ast::Expr &bound = *call->arguments[i].value;
      bounds[i] = numberOf(evaluator, hyper, evaluator.evaluate(bound), bound.where);
      if (!bounds[i])
        return false;
    }
    return setBounds(evaluator, hyper, isLog ? RangeKind::Log : RangeKind::Linear, *bounds[0], *bounds[1],
                     range.where);
  }
  Value value = evaluator.evaluate(range);
  if (value.isPoison())
    return false;
  if (auto *ints = value.as<IntRange>(); ints && hyper.type == HyperType::Int) // `a..b` leaves b out
    return setBounds(evaluator, hyper, RangeKind::Linear, double(ints->begin), double(ints->end) - 1,
                     range.where);
  if (auto *ints = value.as<IntRange>(); ints && hyper.type == HyperType::Float)
    return setBounds(evaluator, hyper, RangeKind::Linear, double(ints->begin), double(ints->end),
                     range.where);
  if (auto *numbers = value.as<NumberRange>(); numbers && hyper.type == HyperType::Float)
    return setBounds(evaluator, hyper, RangeKind::Linear, numbers->begin, numbers->end, range.where);
  auto *list = value.sequence();
  if (!list || list->isTuple || list->elements.empty()) {
    evaluator.error(DiagnosticKind::HyperRangeForm, range.where,
                    {describe(value), "a range or a list of values"});
    return false;
  }
  hyper.range = RangeKind::List;
  for (const Value &choice : list->elements) {
    auto number = numberOf(evaluator, hyper, choice, range.where);
    if (!number)
      return false;
    hyper.choices.push_back(*number);
  }
  return true;
}

std::string rangeText(const Hyper &hyper) {
  if (hyper.range != RangeKind::List)
    return formatNumber(hyper.low) + " to " + formatNumber(hyper.high);
  std::string text = "one of";
  for (size_t i = 0; i < hyper.choices.size(); ++i)
    text += (i ? ", " : " ") + formatNumber(hyper.choices[i]);
  return text;
}

bool inRange(const Hyper &hyper) {
  if (hyper.range == RangeKind::None)
    return true;
  if (hyper.range == RangeKind::List)
    return llvm::is_contained(hyper.choices, hyper.value);
  return hyper.value >= hyper.low && hyper.value <= hyper.high;
}

std::optional<double> parseSet(const Hyper &hyper, const std::string &text) {
  if (hyper.type == HyperType::Bool) {
    if (text == "true" || text == "false")
      return double(text == "true");
    return std::nullopt;
  }
  char *end = nullptr;
  double number = std::strtod(text.c_str(), &end);
  if (*end && end != text.c_str()) // `6min`, as in the text
    number = plainNumber(number, end).value_or(NAN);
  if (text.empty() || end == text.c_str() || !std::isfinite(number))
    return std::nullopt;
  if (hyper.type == HyperType::Int && (number != std::floor(number) || std::abs(number) > 9e15))
    return std::nullopt;
  return number;
}

// `--set name=value`; the last one of a name counts.
bool applySets(Evaluator &evaluator, Hyper &hyper, Location where) {
  for (const auto &[name, text] : evaluator.program.options.sets) {
    if (name != hyper.name)
      continue;
    auto number = parseSet(hyper, text);
    if (!number) {
      static const char *const expected[] = {"a number", "a whole number", "`true` or `false`"};
      evaluator.error(DiagnosticKind::BadSet, where, {name, text, expected[int(hyper.type)]});
      return false;
    }
    hyper.value = *number;
  }
  return true;
}

bool isSet(const Program &program, const std::string &name) {
  return llvm::any_of(program.options.sets, [&](const auto &set) { return set.first == name; });
}

// The text's value is at fault, or that of the command line, which has no place in the text.
void reportOutside(Evaluator &evaluator, const ast::HyperDecl &decl, const Hyper &hyper) {
  std::string value = formatNumber(hyper.value), range = rangeText(hyper);
  if (isSet(evaluator.program, hyper.name))
    evaluator.error(DiagnosticKind::SetOutsideRange, decl.range->where, {hyper.name + "=" + value, range});
  else
    evaluator.error(DiagnosticKind::DefaultOutsideRange, decl.value->where, {hyper.name, value, range});
}

void declareHyper(Evaluator &evaluator, const ast::HyperDecl &decl) {
  Program &program = evaluator.program;
  Hyper hyper;
  hyper.name = decl.name.text;
  hyper.doc = decl.doc;
  auto type = typeNamed(evaluator, *decl.type);
  if (type) {
    hyper.type = *type;
    auto value = numberOf(evaluator, hyper, evaluator.evaluate(*decl.value), decl.value->where);
    hyper.value = value.value_or(0);
    bool good = value && (!decl.range || readRange(evaluator, hyper, *decl.range)) &&
                applySets(evaluator, hyper, decl.name.where);
    if (good && !inRange(hyper))
      reportOutside(evaluator, decl, hyper);
  }
  hyper.compiled = program.assumed.compiledHypers.count(hyper.name);
  program.hypers[&decl] = uint32_t(program.result.hypers.size());
  program.result.hypers.push_back(std::move(hyper));
}

} // namespace

void declareHypers(Evaluator &evaluator) {
  Program &program = evaluator.program;
  std::vector<std::string> names;
  for (const SourceModule *module : program.modules)
    for (const ast::DeclPtr &decl : module->file->declarations)
      if (auto *hyper = llvm::dyn_cast<ast::HyperDecl>(decl.get())) {
        evaluator.frame->home = module;
        declareHyper(evaluator, *hyper);
        names.push_back(hyper->name.text);
      }
  for (const auto &[name, text] : program.options.sets)
    if (!llvm::is_contained(names, name))
      evaluator.error(DiagnosticKind::UnknownSet, Location(), {name}).suggest(closest(name, names));
}

Value hyperValue(Evaluator &evaluator, uint32_t index) {
  if (index >= evaluator.program.result.hypers.size())
    return Poison();
  Hyper &hyper = evaluator.program.result.hypers[index];
  for (auto &[decl, number] : evaluator.program.hypers)
    if (number == index)
      evaluator.program.usedHypers.insert(decl);
  if (hyper.type == HyperType::Float && !evaluator.program.assumed.compiledHypers.count(hyper.name))
    return evaluator.tensor(
        evaluator.builder().argument("hyper", hyper.name, {typed::Element::Float, {}, 0}));
  evaluator.program.found.compiledHypers.insert(hyper.name);
  if (hyper.type == HyperType::Bool)
    return hyper.value != 0;
  if (hyper.type == HyperType::Int)
    return int64_t(hyper.value);
  return hyper.value;
}

int32_t hyperNamed(Evaluator &evaluator, const ast::Expr &expr) {
  auto *name = llvm::dyn_cast<ast::NameExpr>(&expr);
  if (!name || evaluator.scope->find(name->name))
    return -1;
  const DeclRef *ref = evaluator.frame->home->find(name->name, NameKind::Hyper);
  auto entry = ref ? evaluator.program.hypers.find(ref->decl) : evaluator.program.hypers.end();
  if (entry == evaluator.program.hypers.end())
    return -1;
  evaluator.program.usedHypers.insert(entry->first);
  return int32_t(entry->second);
}

} // namespace nn::sema
