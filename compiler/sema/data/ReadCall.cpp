#include "compiler/sema/data/ReadCall.h"
#include "compiler/basic/Suggestion.h"
#include "compiler/sema/Hypers.h"

namespace nn::sema {

using typed::Call;
using typed::CallArgument;

const CallArgument *argumentOf(const Call &call, const std::string &name) {
  for (const CallArgument &argument : call.arguments)
    if (argument.name == name)
      return &argument;
  return nullptr;
}

bool CallReader::readText(const ast::Expr &expr, const char *what, CallArgument &into) {
  Value value = evaluator.evaluate(expr);
  if (auto *text = value.as<std::string>()) {
    into.text = *text;
    return true;
  }
  if (!value.isPoison())
    evaluator.error(DiagnosticKind::ExpectedText, expr.where, {describe(value), what});
  return false;
}

bool CallReader::readPath(const ast::Expr &expr, Call &into) {
  CallArgument path;
  if (!readText(expr, "a path in quotes", path))
    return false;
  into.arguments.push_back(path);
  return true;
}

bool CallReader::readWord(const ast::Expr &expr, const Parameter &parameter, CallArgument &into) {
  auto *name = llvm::dyn_cast<ast::NameExpr>(&expr);
  if (name && llvm::is_contained(parameter.words, name->name)) {
    into.text = name->name;
    return true;
  }
  evaluator.unknownName("word", name ? name->name : evaluator.text(expr.where), expr.where, parameter.words);
  return false;
}

bool CallReader::readField(const ast::Expr &expr, CallArgument &into) {
  auto *name = llvm::dyn_cast<ast::NameExpr>(&expr);
  if (!name) {
    evaluator.error(DiagnosticKind::NotASource, expr.where,
                    {"`" + evaluator.text(expr.where) + "`", "the name of a field"});
    return false;
  }
  into.text = name->name;
  references.push_back({name->name, expr.where});
  return true;
}

bool CallReader::readSpread(const ast::Expr &expr, CallArgument &into) {
  Value value = evaluator.evaluate(expr);
  auto *quantity = value.as<Quantity>();
  if (quantity && quantity->number > 0) {
    into.name = quantity->unit;
    into.number = quantity->number;
    return true;
  }
  if (!value.isPoison())
    evaluator.error(DiagnosticKind::ArgumentType, expr.where, {describe(value), "`3sd` or `1.5iqr`"});
  return false;
}

bool CallReader::readNumber(const ast::Expr &expr, const Parameter &parameter, const Form &form,
                            CallArgument &into) {
  if (parameter.atRunTime)
    if (int32_t hyper = hyperNamed(evaluator, expr); hyper >= 0) {
      into.number = evaluator.program.result.hypers[size_t(hyper)].value;
      into.hyper = uint32_t(hyper);
    }
  const std::string what = "an argument of `" + std::string(form.name) + "`";
  if (!into.number)
    into.number = evaluator.asNumber(evaluator.evaluate(expr), expr.where, what);
  if (!into.number)
    return false;
  double number = *into.number;
  bool isWhole = parameter.kind == ParameterKind::Whole;
  bool isInside = number >= parameter.low && number <= parameter.high;
  if (isInside && (!isWhole || number == std::floor(number)))
    return true;
  auto shown = [&](double value) {
    return parameter.isAngle ? formatNumber(std::round(value * 180e6 / M_PI) / 1e6) + "deg"
                             : formatNumber(value);
  };
  double low = isWhole ? std::max(parameter.low, 1.0) : parameter.low;
  std::string range =
      std::isinf(parameter.high) ? "at least " + shown(low) : shown(low) + " to " + shown(parameter.high);
  evaluator.error(DiagnosticKind::ArgumentOutside, expr.where,
                  {parameter.name, shown(number), (isWhole ? "a whole number from " : "") + range});
  return false;
}

bool CallReader::readValue(const ast::Expr &expr, const Parameter &parameter, const Form &form,
                           CallArgument &into) {
  switch (parameter.kind) {
  case ParameterKind::Text:
    return readText(expr, "a text in quotes", into);
  case ParameterKind::Word:
    return readWord(expr, parameter, into);
  case ParameterKind::Order:
    if (auto *name = llvm::dyn_cast<ast::NameExpr>(&expr);
        name && llvm::is_contained(parameter.words, name->name))
      return readWord(expr, parameter, into);
    return readField(expr, into);
  case ParameterKind::Field:
    return readField(expr, into);
  case ParameterKind::Spread:
    return readSpread(expr, into);
  case ParameterKind::Flag: {
    auto flag = evaluator.asBool(evaluator.evaluate(expr), expr.where,
                                 "an argument of `" + std::string(form.name) + "`");
    if (flag)
      into.number = *flag;
    return flag.has_value();
  }
  case ParameterKind::Cell:
    return llvm::isa<ast::StringExpr>(&expr) ? readText(expr, "a text in quotes", into)
                                             : readNumber(expr, parameter, form, into);
  case ParameterKind::Number:
  case ParameterKind::Whole:
    return readNumber(expr, parameter, form, into);
  }
  return false;
}

bool CallReader::readArgument(const ast::Argument &argument, const Form &form, const Parameter *parameter,
                              Call &into) {
  if (!parameter) {
    evaluator.error(DiagnosticKind::UnknownArgument, argument.name->where, {form.name, argument.name->text})
        .suggest(closest(argument.name->text, form.names()));
    return false;
  }
  CallArgument result;
  result.name = parameter->name;
  if (!readValue(*argument.value, *parameter, form, result))
    return false;
  if (argumentOf(into, result.name)) {
    evaluator.error(DiagnosticKind::DuplicateArgument, argument.value->where, {result.name});
    return false;
  }
  into.arguments.push_back(result);
  return true;
}

std::optional<Call> CallReader::read(const ast::Expr &expr, const Form &form) {
  Call result;
  result.name = form.name;
  bool good = true;
  size_t paths = 0, positional = 0;
  static const std::vector<ast::Argument> none;
  auto *called = llvm::dyn_cast<ast::CallExpr>(&expr);
  for (const ast::Argument &argument : called ? called->arguments : none) {
    if (argument.name) {
      good &= readArgument(argument, form, form.find(argument.name->text), result);
    } else if (paths < form.paths) {
      ++paths;
      good &= readPath(*argument.value, result);
    } else if (positional < std::min(form.positional, form.parameters.size())) {
      good &= readArgument(argument, form, &form.parameters[positional++], result);
    } else {
      evaluator.error(DiagnosticKind::TooManyArguments, argument.value->where,
                      {form.name, std::to_string(form.paths ? form.paths : form.positional)});
      return std::nullopt;
    }
  }
  if (!good)
    return std::nullopt;
  if (form.paths > 0 && paths == 0 && form.paths != SIZE_MAX) {
    evaluator.error(DiagnosticKind::MissingArgument, expr.where, {form.name, "file"});
    return std::nullopt;
  }
  for (size_t i = 0; i < form.required; ++i)
    if (result.arguments.size() <= i) {
      evaluator.error(DiagnosticKind::MissingArgument, expr.where, {form.name, form.parameters[i].name});
      return std::nullopt;
    }
  return result;
}

std::optional<Call> CallReader::read(const ast::Expr &expr, const char *what, const Forms &forms,
                                     const std::vector<std::string> &later) {
  auto *called = llvm::dyn_cast<ast::CallExpr>(&expr);
  auto *name = llvm::dyn_cast<ast::NameExpr>(called ? called->callee.get() : &expr);
  if (!name) {
    evaluator.error(DiagnosticKind::NotASource, expr.where,
                    {"`" + evaluator.text(expr.where) + "`", std::string("a ") + what});
    return std::nullopt;
  }
  if (const Form *form = findForm(forms, name->name))
    return read(expr, *form);
  std::vector<std::string> names;
  for (const Form &each : forms)
    names.push_back(each.name);
  if (llvm::is_contained(later, name->name))
    evaluator.error(DiagnosticKind::NotYetSupported, name->where, {name->name});
  else
    evaluator.unknownName(what, name->name, name->where, names);
  return std::nullopt;
}

} // namespace nn::sema
