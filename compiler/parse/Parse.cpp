// The phase as a whole: check the bytes, lex, filter, parse (SLL first, which is fast and almost always
// enough, then LL with messages), build.
#include "compiler/parse/Parse.h"
#include "NNLexer.h"
#include "NNParser.h"
#include "compiler/basic/Limits.h"
#include "compiler/basic/Utf8.h"
#include "compiler/parse/Build.h"
#include "compiler/parse/ErrorStrategy.h"
#include "compiler/parse/TokenFilter.h"

namespace nn {

using namespace parsing;
using grammar::NNLexer;
using grammar::NNParser;

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

// Hands out a finished list of tokens.
class TokenList : public antlr4::TokenSource {
public:
  TokenList(std::vector<TokenPtr> tokens, NNLexer &lexer) : tokens(std::move(tokens)), lexer(lexer) {}

  TokenPtr nextToken() override { return std::move(tokens[next++]); }
  size_t getLine() const override { return 0; }
  size_t getCharPositionInLine() override { return 0; }
  antlr4::CharStream *getInputStream() override { return lexer.getInputStream(); }
  std::string getSourceName() override { return ""; }
  antlr4::TokenFactory<antlr4::CommonToken> *getTokenFactory() override { return lexer.getTokenFactory(); }

private:
  std::vector<TokenPtr> tokens;
  NNLexer &lexer;
  size_t next = 0;
};

bool hasByteOrderMark(std::string_view text) { return text.substr(0, byteOrderMark.size()) == byteOrderMark; }

bool isAcceptable(uint32_t file, std::string_view text, Reporter &reporter) {
  if (text.size() > limits::sourceBytes) {
    reporter.report(DiagnosticKind::FileTooLarge, {file, 0, 0}, {std::to_string(limits::sourceBytes >> 10)});
    return false;
  }
  if (std::optional<size_t> bad = firstInvalidUtf8(text)) {
    static const char digits[] = "0123456789abcdef";
    unsigned char byte = text[*bad];
    uint32_t offset = static_cast<uint32_t>(*bad);
    reporter.report(DiagnosticKind::InvalidUtf8, {file, offset, offset + 1},
                    {std::string("0x") + digits[byte >> 4] + digits[byte & 15]});
    return false;
  }
  // ANTLR's stream would drop a second mark without a word, and every offset behind it would be wrong.
  uint32_t size = byteOrderMark.size();
  if (hasByteOrderMark(text) && hasByteOrderMark(text.substr(size))) {
    reporter.report(DiagnosticKind::UnexpectedCharacter, {file, size, 2 * size}, {"U+FEFF"});
    return false;
  }
  return true;
}

NNParser::ProgramContext *parseTokens(NNParser &parser, const SourceMap &map, Reporter &reporter) {
  parser.removeErrorListeners();
  auto *simulator = parser.getInterpreter<antlr4::atn::ParserATNSimulator>();
  simulator->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  parser.setErrorHandler(std::make_shared<antlr4::BailErrorStrategy>());
  try {
    return parser.program();
  } catch (const antlr4::ParseCancellationException &) {
    parser.reset();
  }
  simulator->setPredictionMode(antlr4::atn::PredictionMode::LL);
  parser.setErrorHandler(std::make_shared<ErrorStrategy>(map, reporter));
  try {
    return parser.program();
  } catch (const antlr4::ParseCancellationException &) {
    return nullptr; // too many errors
  }
}

std::unique_ptr<ast::File> parseText(const SourceMap &map, std::string_view text, Reporter &reporter) {
  antlr4::ANTLRInputStream characters{std::string(text)};
  NNLexer lexer(&characters);
  lexer.removeErrorListeners();
  std::optional<LexedFile> lexed = lex(lexer, map, reporter);
  if (!lexed)
    return nullptr;
  std::vector<TokenPtr> tokens = TokenFilter(std::move(lexed->tokens), map, reporter).run();
  if (tokens.empty() || reporter.isExhausted())
    return nullptr;

  TokenList list(std::move(tokens), lexer);
  antlr4::CommonTokenStream stream(&list);
  NNParser parser(&stream);
  NNParser::ProgramContext *program = parseTokens(parser, map, reporter);
  if (!program || reporter.hasErrors())
    return nullptr;
  std::unique_ptr<ast::File> file = Builder(map, lexed->docs, reporter).buildFile(program);
  file->trivia = std::move(lexed->trivia);
  return reporter.hasErrors() ? nullptr : std::move(file);
}

} // namespace

std::unique_ptr<ast::File> parse(uint32_t file, const SourceManager &sources, DiagnosticEngine &diagnostics) {
  Reporter reporter;
  std::string_view text = sources.text(file);
  std::unique_ptr<ast::File> result;
  if (isAcceptable(file, text, reporter)) {
    uint32_t begin = hasByteOrderMark(text) ? byteOrderMark.size() : 0;
    text.remove_prefix(begin);
    result = parseText(SourceMap(file, text, begin), text, reporter);
  }
  reporter.flush(diagnostics);
  return result;
}

} // namespace nn
