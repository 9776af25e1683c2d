// The file, blocks, names and doc comments.
#include "compiler/parse/Build.h"

namespace nn::parsing {

std::unique_ptr<ast::File> Builder::buildFile(P::ProgramContext *program) {
  auto file = std::make_unique<ast::File>();
  file->source = map.file();
  for (P::EntryContext *entry : program->entry())
    if (P::ItemContext *item = entry->item())
      file->declarations.push_back(buildItem(item));
  file->doc = docOf(*file);
  return file;
}

// What stands apart before the first declaration, or on an import, which has nothing to say of itself.
std::string Builder::docOf(const ast::File &file) const {
  std::map<uint32_t, std::string> parts;
  uint32_t end = UINT32_MAX;
  for (const ast::DeclPtr &decl : file.declarations) {
    if (!llvm::isa<ast::ImportDecl>(decl.get())) {
      end = decl->where.begin;
      break;
    }
    if (!decl->doc.empty())
      parts[decl->where.begin] = decl->doc;
  }
  parts.insert(docs.apart.begin(), docs.apart.lower_bound(end));
  std::string text;
  for (const auto &[place, part] : parts)
    text += (text.empty() ? "" : "\n\n") + part;
  return text;
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
  auto doc = docs.before.find(context->getStart()->getStartIndex());
  return doc == docs.before.end() ? "" : doc->second;
}

} // namespace nn::parsing
