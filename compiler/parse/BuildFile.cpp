// The file, blocks, names and doc comments.
#include "compiler/parse/Build.h"

namespace nn::parsing {

std::unique_ptr<ast::File> Builder::buildFile(P::ProgramContext *program) {
  auto file = std::make_unique<ast::File>();
  file->source = map.file();
  for (P::EntryContext *entry : program->entry())
    if (P::ItemContext *item = entry->item())
      file->declarations.push_back(buildItem(item));
  return file;
}

ast::Block Builder::buildBlock(P::BlockContext *context) {
  ast::Block block;
  block.where = map.of(context);
  for (P::LineContext *line : context->line())
    if (P::StmtContext *stmt = line->stmt())
      block.statements.push_back(buildStatement(stmt));
  return block;
}

ast::Name Builder::buildName(P::NameContext *name) { return {name->getText(), map.of(name)}; }

std::vector<ast::Name> Builder::buildNames(const std::vector<P::NameContext *> &contexts) {
  std::vector<ast::Name> names;
  for (P::NameContext *name : contexts)
    names.push_back(buildName(name));
  return names;
}

std::string Builder::docBefore(antlr4::ParserRuleContext *context) const {
  auto doc = docs.find(context->getStart()->getStartIndex());
  return doc == docs.end() ? "" : doc->second;
}

} // namespace nn::parsing
