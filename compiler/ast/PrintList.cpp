// What stands in a row between brackets or braces.
#include "compiler/ast/SourceText.h"

namespace nn::ast {

using llvm::isa;

Layout SourceText::list(const char *open, size_t count, llvm::function_ref<uint32_t(size_t)> beginOf,
                        llvm::function_ref<Layout(size_t)> layoutOf, uint32_t end, const char *close) {
  Layout content;
  for (size_t i = 0; i < count; ++i) {
    content += trailing(beginOf(i));
    content += i ? Layout::line() : Layout::softLine();
    content += leading(beginOf(i));
    content += layoutOf(i);
    content += i + 1 < count ? "," : "";
  }
  content += trailing(end);
  while (hasCommentBefore(end)) {
    content += Layout::hardLine();
    content += trivia->comments[nextComment++].text;
  }
  if (content.isEmpty())
    return std::string(open) + close;
  return Layout::group(open + Layout::indented(std::move(content)) + Layout::softLine() + close);
}

Layout SourceText::parameters(const std::vector<Parameter> &parameters, uint32_t end) {
  auto layoutOf = [&](size_t i) {
    const Parameter &parameter = parameters[i];
    Layout text = parameter.name.text;
    if (parameter.type)
      text += ": " + of(*parameter.type);
    if (parameter.value)
      text += " = " + of(*parameter.value);
    return text;
  };
  return list(
      "(", parameters.size(), [&](size_t i) { return parameters[i].where.begin; }, layoutOf, end, ")");
}

Layout SourceText::arguments(const std::vector<Argument> &arguments, uint32_t end) {
  auto beginOf = [&](size_t i) {
    return arguments[i].name ? arguments[i].name->where.begin : arguments[i].value->where.begin;
  };
  auto layoutOf = [&](size_t i) {
    Layout text = arguments[i].name ? arguments[i].name->text + ": " : "";
    return std::move(text) + of(*arguments[i].value);
  };
  return list("(", arguments.size(), beginOf, layoutOf, end, ")");
}

Layout SourceText::elements(const char *open, const std::vector<ExprPtr> &elements, uint32_t end,
                            const char *close) {
  return list(
      open, elements.size(), [&](size_t i) { return elements[i]->where.begin; },
      [&](size_t i) { return of(*elements[i]); }, end, close);
}

Layout SourceText::subscripts(const IndexExpr &expr) {
  auto layoutOf = [&](size_t i) {
    const Subscript &subscript = expr.subscripts[i];
    Layout text = subscript.kind == Subscript::Kind::Ellipsis ? "..." : "";
    if (subscript.begin)
      text += of(*subscript.begin);
    if (subscript.kind == Subscript::Kind::Range)
      text += ":";
    if (subscript.end)
      text += of(*subscript.end);
    return text;
  };
  return list(
      "[", expr.subscripts.size(), [&](size_t i) { return expr.subscripts[i].where.begin; }, layoutOf,
      expr.where.end, "]");
}

Layout SourceText::results(const std::vector<TypePtr> &results, bool isTuple) {
  if (results.empty())
    return "";
  std::vector<Layout> texts;
  for (const TypePtr &type : results)
    texts.push_back(of(*type));
  Layout all = joined(texts, ", ");
  return " -> " + (isTuple ? "(" + std::move(all) + ")" : std::move(all));
}

Layout SourceText::body(const Block &block) {
  Sequence sequence;
  uint32_t close = block.where.end;
  const auto &statements = block.statements;
  auto beginOf = [&](size_t i) { return i < statements.size() ? statements[i]->where.begin : close; };
  sequence.previousEnd = block.where.begin;
  sequence.text += trailing(beginOf(0));
  for (size_t i = 0; i < statements.size(); ++i) {
    comments(sequence, beginOf(i));
    separate(sequence, beginOf(i));
    sequence.text += of(*statements[i]);
    finish(sequence, statements[i]->where.end, beginOf(i + 1));
  }
  comments(sequence, close);
  return "{" + Layout::indented(std::move(sequence.text)) + Layout::hardLine() + "}";
}

Layout SourceText::block(const Block &block) {
  bool hasComments = hasCommentBefore(block.where.end);
  if (block.statements.empty() && !hasComments)
    return "{}";
  if (block.statements.size() != 1 || hasComments ||
      !isa<ExprStmt, AssignStmt, YieldStmt>(block.statements.front().get()))
    return body(block);
  Layout text = of(*block.statements.front());
  Layout end = text.width() <= longestInlineBlock ? Layout::line() : Layout::hardLine();
  return Layout::group("{" + Layout::indented(end + text) + end + "}");
}

} // namespace nn::ast
