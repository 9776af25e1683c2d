#include "compiler/sema/SourceModule.h"

namespace nn::sema {

std::optional<NameKind> nameKindOf(const ast::Decl &decl) {
  switch (decl.kind) {
  case ast::Decl::Kind::Hyper:
    return NameKind::Hyper;
  case ast::Decl::Kind::Data:
    return NameKind::Data;
  case ast::Decl::Kind::Function:
    return NameKind::Function;
  case ast::Decl::Kind::Optimizer:
    return NameKind::Optimizer;
  case ast::Decl::Kind::Environment:
    return NameKind::Environment;
  case ast::Decl::Kind::Train:
    return NameKind::Train;
  case ast::Decl::Kind::Module:
    break;
  default:
    return std::nullopt;
  }
  switch (llvm::cast<ast::ModuleDecl>(decl).module) {
  case ast::ModuleKind::Layer:
    return NameKind::Layer;
  case ast::ModuleKind::Network:
    return NameKind::Network;
  case ast::ModuleKind::Loss:
    return NameKind::Loss;
  case ast::ModuleKind::Metric:
    return NameKind::Metric;
  case ast::ModuleKind::Initializer:
    return NameKind::Initializer;
  }
  return std::nullopt;
}

const char *toString(NameKind kind) {
  static const char *const words[] = {"fn",        "network", "layer", "loss",        "metric", "initializer",
                                      "optimizer", "hyper",   "data",  "environment", "train"};
  return words[int(kind)];
}

const DeclRef *SourceModule::find(const std::string &name, NameKind kind) const {
  auto entry = names[int(kind)].find(name);
  return entry == names[int(kind)].end() ? nullptr : &entry->second;
}

const DeclRef *SourceModule::find(const std::string &name, std::optional<NameKind> preferred) const {
  if (preferred)
    if (const DeclRef *ref = find(name, *preferred))
      return ref;
  for (int kind = 0; kind < int(NameKind::Environment); ++kind)
    if (const DeclRef *ref = find(name, NameKind(kind)))
      return ref;
  return nullptr;
}

void SourceModule::collectNames(std::vector<std::string> &into) const {
  for (const auto &table : names)
    for (const auto &entry : table)
      into.push_back(entry.first);
  for (const auto &entry : aliases)
    into.push_back(entry.first);
}

} // namespace nn::sema
