// Declarations and the whole file as source.
#include "compiler/ast/Printer.h"
#include "compiler/ast/SourceText.h"

namespace nn::ast {

using llvm::cast;
using llvm::dyn_cast;

static const char *wordOf(ModuleKind kind) {
  static const char *const words[] = {"layer ", "network ", "loss ", "metric ", "initializer "};
  return words[static_cast<size_t>(kind)];
}

std::string SourceText::parameters(const std::vector<Parameter> &parameters) {
  std::vector<std::string> texts;
  for (const Parameter &parameter : parameters)
    texts.push_back(parameter.name.text + (parameter.type ? ": " + of(*parameter.type) : "") +
                    (parameter.value ? " = " + of(*parameter.value) : ""));
  return "(" + joined(texts, ", ") + ")";
}

std::string SourceText::results(const std::vector<TypePtr> &results, bool isTuple) {
  if (results.empty())
    return "";
  std::vector<std::string> texts;
  for (const TypePtr &type : results)
    texts.push_back(of(*type));
  std::string list = joined(texts, ", ");
  return " -> " + (isTuple ? "(" + list + ")" : list);
}

std::string SourceText::docLines(const std::string &doc) const {
  std::string lines;
  for (size_t begin = 0; !doc.empty() && begin != std::string::npos;) {
    size_t end = doc.find('\n', begin);
    std::string line = doc.substr(begin, end == std::string::npos ? end : end - begin);
    lines += indentation() + (line.empty() ? "///" : "/// " + line) + "\n";
    begin = end == std::string::npos ? end : end + 1;
  }
  return lines;
}

static std::string importText(const ImportDecl &decl) {
  std::vector<std::string> parts;
  for (const Name &name : decl.dotted)
    parts.push_back(name.text);
  StringExpr path(decl.targetWhere);
  path.value = decl.path;
  std::string target = parts.empty() ? toString(path) : joined(parts, ".");
  return "import " + target + (decl.alias ? " as " + decl.alias->text : "");
}

std::string SourceText::withoutDoc(const Decl &decl) {
  switch (decl.kind) {
  case Decl::Kind::Import:
    return importText(*cast<ImportDecl>(&decl));
  case Decl::Kind::Hyper: {
    auto *hyper = cast<HyperDecl>(&decl);
    return "hyper " + hyper->name.text + ": " + of(*hyper->type) + " = " +
           of(*hyper->value, Precedence::Pipe) + (hyper->range ? " in " + of(*hyper->range) : "");
  }
  case Decl::Kind::Data:
    return "data " + decl.name.text + " " + body(cast<DataDecl>(&decl)->body);
  case Decl::Kind::Module: {
    auto *module = cast<ModuleDecl>(&decl);
    return wordOf(module->module) + decl.name.text +
           (module->construction ? parameters(*module->construction) : "") + parameters(module->data) +
           results(module->results, module->resultIsTuple) + " " + body(module->body);
  }
  case Decl::Kind::Function: {
    auto *function = cast<FunctionDecl>(&decl);
    return "fn " + decl.name.text + parameters(function->parameters) +
           results(function->results, function->resultIsTuple) + " " + body(function->body);
  }
  case Decl::Kind::Optimizer: {
    auto *optimizer = cast<OptimizerDecl>(&decl);
    return "optimizer " + decl.name.text + parameters(optimizer->construction) + parameters(optimizer->data) +
           " " + body(optimizer->body);
  }
  case Decl::Kind::Environment: {
    auto *environment = cast<EnvironmentDecl>(&decl);
    std::string list = environment->parameters.empty() ? "" : parameters(environment->parameters);
    return "environment " + decl.name.text + list + " " + body(environment->body);
  }
  case Decl::Kind::Train: {
    auto *train = cast<TrainDecl>(&decl);
    return "train " + decl.name.text + (train->data.empty() ? "" : " on " + namesOf(train->data)) + " " +
           body(train->body);
  }
  case Decl::Kind::Predict:
    return valueAfter("predict ", *cast<PredictDecl>(&decl)->value);
  case Decl::Kind::Select: {
    auto *select = cast<SelectDecl>(&decl);
    return "select " + decl.name.text + " of " + select->of.text + " with " + of(*select->with);
  }
  }
  return "";
}

std::string SourceText::of(const Decl &decl) { return docLines(decl.doc) + withoutDoc(decl) + "\n"; }

// A blank line between declarations, none among imports or hyperparameters that stand together.
void print(const File &file, llvm::raw_ostream &out) {
  const Decl *previous = nullptr;
  for (const DeclPtr &decl : file.declarations) {
    bool isGrouped = decl->kind == Decl::Kind::Import || decl->kind == Decl::Kind::Hyper;
    if (previous && !(isGrouped && previous->kind == decl->kind))
      out << '\n';
    out << SourceText().of(*decl);
    previous = decl.get();
  }
}

} // namespace nn::ast
