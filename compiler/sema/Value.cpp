#include "compiler/sema/Value.h"
#include "compiler/sema/Builtins.h"
#include "compiler/sema/GraphContext.h"
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace nn::sema {

const char *keywordOf(ast::ModuleKind kind) {
  switch (kind) {
  case ast::ModuleKind::Layer:
    return "layer";
  case ast::ModuleKind::Network:
    return "network";
  case ast::ModuleKind::Loss:
    return "loss";
  case ast::ModuleKind::Metric:
    return "metric";
  case ast::ModuleKind::Initializer:
    return "initializer";
  }
  return "";
}

const char *keywordOf(const ast::Decl &decl) {
  switch (decl.kind) {
  case ast::Decl::Kind::Import:
    return "import";
  case ast::Decl::Kind::Hyper:
    return "hyper";
  case ast::Decl::Kind::Data:
    return "data";
  case ast::Decl::Kind::Module:
    return keywordOf(llvm::cast<ast::ModuleDecl>(decl).module);
  case ast::Decl::Kind::Function:
    return "fn";
  case ast::Decl::Kind::Optimizer:
    return "optimizer";
  case ast::Decl::Kind::Environment:
    return "environment";
  case ast::Decl::Kind::Train:
    return "train";
  case ast::Decl::Kind::Predict:
    return "predict";
  case ast::Decl::Kind::Select:
    return "select";
  }
  return "";
}

bool isModule(const ast::Decl *decl, ast::ModuleKind kind) {
  auto *module = llvm::dyn_cast_or_null<ast::ModuleDecl>(decl);
  return module && module->module == kind;
}

std::string formatNumber(double number) {
  if (number == std::floor(number) && std::abs(number) < 1e15)
    return std::to_string(int64_t(number));
  char text[40];
  for (int digits = 6; digits <= 17; ++digits) {
    snprintf(text, sizeof(text), "%.*g", digits, number);
    if (std::strtod(text, nullptr) == number)
      break;
  }
  return text;
}

namespace {

std::string describeDecl(const ast::Decl &decl) {
  return "the " + std::string(keywordOf(decl)) + " `" + decl.name.text + "`";
}

std::string describeSequence(const Sequence &sequence) {
  std::string count = std::to_string(sequence.elements.size());
  return sequence.isTuple ? "a tuple of " + count : "a list of " + count;
}

} // namespace

std::string describe(const Value &value) {
  if (auto *number = value.as<int64_t>())
    return "the number `" + std::to_string(*number) + "`";
  if (auto *number = value.as<double>())
    return "the number `" + formatNumber(*number) + "`";
  if (auto *boolean = value.as<bool>())
    return *boolean ? "`true`" : "`false`";
  if (auto *text = value.as<std::string>())
    return "the string \"" + *text + "\"";
  if (auto *size = value.as<BatchSize>())
    return "the size `" + toString(typed::Dim{size->factor, true}) + "`";
  if (auto *tensor = value.as<Tensor>())
    return "`" + toString(tensor->owner->builder.typeOf(tensor->value)) + "`";
  if (auto *sequence = value.sequence())
    return describeSequence(*sequence);
  if (value.as<IntRange>() || value.as<NumberRange>())
    return "a range";
  if (auto *quantity = value.as<Quantity>())
    return "`" + formatNumber(quantity->number) + quantity->unit + "`";
  if (value.as<std::shared_ptr<Distribution>>())
    return "a random distribution";
  if (value.as<DataRef>())
    return "a data set";
  if (auto *ref = value.as<BuiltinRef>())
    return "the function `" + std::string(ref->builtin->name) + "`";
  if (value.as<NamespaceRef>())
    return "an imported file";
  if (auto *ref = value.as<DeclRef>())
    return describeDecl(*ref->decl);
  if (auto *part = value.as<NetworkPart>())
    return "`" + part->path + "`";
  if (auto *instance = value.instance())
    return describeDecl(*instance->decl);
  if (value.as<OptimizerChain>())
    return "an optimizer";
  return "nothing";
}

} // namespace nn::sema
