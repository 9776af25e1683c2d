// The loop over ANTLR's lexer. It stops at the limit, so that a hostile file costs no more memory than a
// large one.
#include "compiler/parse/Lex.h"
#include "compiler/basic/Utf8.h"
#include "llvm/Support/Unicode.h"
#include <algorithm>
#include <cstdio>

namespace nn::parsing {

namespace {

class LexLoop {
public:
  LexLoop(grammar::NNLexer &lexer, const SourceMap &map, Reporter &reporter)
      : lexer(lexer), map(map), reporter(reporter) {}

  std::optional<LexedFile> run();

private:
  void take(TokenPtr token);
  void takeHidden(const antlr4::Token &token);
  void takeDoc(const antlr4::Token &token);
  void setDocApart();
  void takeUnknown(const antlr4::Token &token);
  void reportUnknown();

  grammar::NNLexer &lexer;
  const SourceMap &map;
  Reporter &reporter;
  LexedFile result;
  size_t lastLine = 0; // of the last token that is not hidden
  std::string doc;     // pending `///` lines
  bool hasDoc = false;
  uint32_t docBegin = 0;
  std::string unknown; // a run of characters that begin no token
  Location unknownWhere;
};

// A doc comment stands alone on its line; behind code it is a comment like any other.
void LexLoop::takeDoc(const antlr4::Token &token) {
  if (token.getLine() == lastLine)
    return;
  std::string text = token.getText().substr(3);
  if (!text.empty() && text.front() == ' ')
    text.erase(0, 1);
  doc += hasDoc ? "\n" + text : text;
  docBegin = hasDoc ? docBegin : map.of(&token).begin;
  hasDoc = true;
}

void LexLoop::setDocApart() {
  if (hasDoc)
    result.docs.apart[docBegin] = std::move(doc);
  doc.clear();
  hasDoc = false;
}

void LexLoop::takeHidden(const antlr4::Token &token) {
  std::string text = token.getText();
  Location where = map.of(&token);
  if (token.getType() == Kinds::SPACE) {
    if (std::count(text.begin(), text.end(), '\n') > 1) {
      result.trivia.blankLines.push_back(where.begin);
      setDocApart();
    }
    return;
  }
  text.erase(text.find_last_not_of(" \t") + 1);
  result.trivia.comments.push_back({where, std::move(text), token.getLine() != lastLine});
}

// Neighbours are one mistake: `&&` is reported once.
void LexLoop::takeUnknown(const antlr4::Token &token) {
  Location where = map.of(&token);
  if (!unknown.empty() && where.begin != unknownWhere.end)
    reportUnknown();
  unknownWhere = unknown.empty() ? where : unknownWhere.through(where);
  unknown += token.getText();
  reporter.distrustLine(token.getLine());
}

// Invisible characters by their number.
std::string describeCharacters(const std::string &text) {
  constexpr uint32_t noBreakSpace = 0xA0;
  CodePoint first = *decodeUtf8(text, 0);
  if (llvm::sys::unicode::isPrintable(static_cast<int>(first.value)) && first.value != noBreakSpace)
    return quoted(text);
  char name[16];
  std::snprintf(name, sizeof name, "U+%04X", static_cast<unsigned>(first.value));
  return name;
}

void LexLoop::reportUnknown() {
  if (unknown.empty())
    return;
  auto builder =
      reporter.report(DiagnosticKind::UnexpectedCharacter, unknownWhere, {describeCharacters(unknown)});
  if (unknown == "&" || unknown == "&&")
    builder.suggest("and");
  else if (unknown == "|" || unknown == "||")
    builder.suggest("or");
  else if (unknown == "!")
    builder.suggest("not");
  else if (unknown == "%")
    builder.note("there is no `%` operator; a percentage is one word: `10%`");
  else if (unknown == "'")
    builder.note("a string stands in double quotes");
  else if (unknown == "#")
    builder.note("a comment begins with `//`");
  unknown.clear();
}

void LexLoop::take(TokenPtr token) {
  size_t kind = token->getType();
  if (kind == Kinds::DOC)
    takeDoc(*token);
  if (token->getChannel() != antlr4::Token::DEFAULT_CHANNEL)
    return takeHidden(*token);
  if (kind == Kinds::UNKNOWN)
    return takeUnknown(*token);
  if (kind == Kinds::UNTERMINATED) {
    reporter.report(DiagnosticKind::UnterminatedString, map.of(token.get()));
    reporter.distrustLine(token->getLine());
    static_cast<antlr4::CommonToken &>(*token).setType(Kinds::STRING);
  }
  if (hasDoc)
    result.docs.before[token->getStartIndex()] = std::move(doc);
  doc.clear();
  hasDoc = false;
  bool firstOnLine = token->getLine() != lastLine;
  if (firstOnLine)
    result.trivia.lineStarts.push_back(map.of(token.get()).begin);
  lastLine = token->getLine();
  result.tokens.push_back({std::move(token), firstOnLine});
}

std::optional<LexedFile> LexLoop::run() {
  while (true) {
    TokenPtr token = lexer.nextToken();
    if (token->getType() == antlr4::Token::EOF)
      break;
    if (result.tokens.size() == limits::tokens) {
      reporter.report(DiagnosticKind::TooManyTokens, map.of(token.get()), {std::to_string(limits::tokens)});
      return std::nullopt;
    }
    take(std::move(token));
    if (reporter.isExhausted())
      return std::nullopt;
  }
  reportUnknown();
  return std::move(result);
}

} // namespace

std::optional<LexedFile> lex(grammar::NNLexer &lexer, const SourceMap &map, Reporter &reporter) {
  return LexLoop(lexer, map, reporter).run();
}

} // namespace nn::parsing
