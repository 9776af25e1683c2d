// Declarations and the whole file as source.
#include "compiler/ast/Printer.h"
#include "compiler/ast/SourceText.h"

namespace nn::ast {

using llvm::cast;

namespace {

const char *wordOf(ModuleKind kind) {
  static const char *const words[] = {"layer ", "network ", "loss ", "metric ", "initializer "};
  return words[static_cast<size_t>(kind)];
}

std::string importText(const ImportDecl &decl) {
  StringExpr path(decl.targetWhere);
  path.value = decl.path;
  std::string target = decl.dotted.empty() ? toString(path) : "";
  for (const Name &name : decl.dotted)
    target += (target.empty() ? "" : ".") + name.text;
  return "import " + target + (decl.alias ? " as " + decl.alias->text : "");
}

} // namespace

Layout SourceText::module(const ModuleDecl &decl) {
  Layout text = wordOf(decl.module) + decl.name.text;
  if (decl.construction)
    text += parameters(*decl.construction, decl.constructionWhere.end);
  text += parameters(decl.data, decl.body.where.begin);
  return std::move(text) + results(decl.results, decl.resultIsTuple);
}

Layout SourceText::function(const FunctionDecl &decl) {
  Layout text = "fn " + decl.name.text;
  text += parameters(decl.parameters, decl.body.where.begin);
  return std::move(text) + results(decl.results, decl.resultIsTuple);
}

Layout SourceText::optimizer(const OptimizerDecl &decl) {
  Layout text = "optimizer " + decl.name.text;
  text += parameters(decl.construction, decl.constructionWhere.end);
  return std::move(text) + parameters(decl.data, decl.body.where.begin);
}

Layout SourceText::withBody(Layout heading, const Block &body) {
  heading += " ";
  return std::move(heading) + block(body);
}

Layout SourceText::of(const Decl &decl) {
  switch (decl.kind) {
  case Decl::Kind::Import:
    return importText(*cast<ImportDecl>(&decl));
  case Decl::Kind::Hyper: {
    auto *hyper = cast<HyperDecl>(&decl);
    Layout text = "hyper " + hyper->name.text + ": ";
    text += of(*hyper->type);
    text += " = ";
    text += of(*hyper->value, Precedence::Pipe);
    return hyper->range ? std::move(text) + " in " + of(*hyper->range) : text;
  }
  case Decl::Kind::Data:
    return "data " + decl.name.text + " " + body(cast<DataDecl>(&decl)->body);
  case Decl::Kind::Module:
    return withBody(module(*cast<ModuleDecl>(&decl)), cast<ModuleDecl>(&decl)->body);
  case Decl::Kind::Function:
    return withBody(function(*cast<FunctionDecl>(&decl)), cast<FunctionDecl>(&decl)->body);
  case Decl::Kind::Optimizer:
    return withBody(optimizer(*cast<OptimizerDecl>(&decl)), cast<OptimizerDecl>(&decl)->body);
  case Decl::Kind::Environment: {
    auto *environment = cast<EnvironmentDecl>(&decl);
    Layout text = "environment " + decl.name.text;
    if (!environment->parameters.empty())
      text += parameters(environment->parameters, environment->body.where.begin);
    text += " ";
    return std::move(text) + body(environment->body);
  }
  case Decl::Kind::Train: {
    auto *train = cast<TrainDecl>(&decl);
    return "train " + decl.name.text + (train->data.empty() ? "" : " on " + namesOf(train->data)) + " " +
           body(train->body);
  }
  case Decl::Kind::Predict:
    return "predict " + of(*cast<PredictDecl>(&decl)->value);
  case Decl::Kind::Select: {
    auto *select = cast<SelectDecl>(&decl);
    return "select " + decl.name.text + " of " + select->of.text + " with " + of(*select->with);
  }
  }
  return "";
}

// Between declarations of several lines, or of different kinds, stands a blank line; where there is none, it
// goes before the comments of the second.
Layout SourceText::of(const File &file) {
  Sequence sequence;
  bool wasLong = false;
  const auto &decls = file.declarations;
  for (size_t i = 0; i < decls.size(); ++i) {
    uint32_t begin = decls[i]->where.begin;
    Sequence before = {Layout(), sequence.previousEnd, sequence.isFirst};
    size_t firstComment = nextComment;
    comments(before, begin);
    bool hasBlank = trivia && Trivia::hasBetween(trivia->blankLines, sequence.previousEnd, begin);
    Layout text = of(*decls[i]);
    bool isLong = text.mustBreak() || text.width() > longestLine;
    bool blank = i && !hasBlank && (isLong || wasLong || decls[i]->kind != decls[i - 1]->kind);
    size_t afterDecl = std::exchange(nextComment, firstComment);
    bool hasComments = hasCommentBefore(begin);
    comments(sequence, begin, blank);
    nextComment = afterDecl;
    separate(sequence, begin, blank && !hasComments);
    sequence.text += text;
    finish(sequence, decls[i]->where.end, i + 1 < decls.size() ? decls[i + 1]->where.begin : UINT32_MAX);
    wasLong = isLong;
  }
  comments(sequence, UINT32_MAX);
  return sequence.text;
}

std::string signatureOf(const Decl &decl) {
  SourceText source;
  Layout text;
  if (auto *module = llvm::dyn_cast<ModuleDecl>(&decl))
    text = source.module(*module);
  else if (auto *function = llvm::dyn_cast<FunctionDecl>(&decl))
    text = source.function(*function);
  else if (auto *optimizer = llvm::dyn_cast<OptimizerDecl>(&decl))
    text = source.optimizer(*optimizer);
  else if (llvm::isa<HyperDecl>(&decl))
    text = source.of(decl);
  return text.rendered(longestLine);
}

void print(const File &file, llvm::raw_ostream &out) {
  Layout layout = SourceText(&file.trivia).of(file);
  if (!layout.isEmpty())
    out << layout.rendered(longestLine) << '\n';
}

} // namespace nn::ast
