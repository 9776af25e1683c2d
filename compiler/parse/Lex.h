// Text to tokens, without what the parser must not see: space and comments are kept aside as trivia, doc
// comments also beside the token they precede; stray characters and open strings are reported here.
#ifndef NN_PARSE_LEX_H
#define NN_PARSE_LEX_H

#include "compiler/ast/Trivia.h"
#include "compiler/parse/Reporter.h"
#include "compiler/parse/SourceMap.h"
#include "compiler/parse/TokenKinds.h"
#include <map>
#include <optional>
#include <unordered_map>

namespace nn::parsing {

struct Lexed {
  TokenPtr token;
  bool firstOnLine;
};

struct Docs {
  std::unordered_map<size_t, std::string> before; // by the start of the token that follows
  std::map<uint32_t, std::string> apart;          // by their place: those with a blank line behind them
};

struct LexedFile {
  std::vector<Lexed> tokens; // without EOF
  Docs docs;
  ast::Trivia trivia;
};

// Nothing when the file has too many tokens.
std::optional<LexedFile> lex(grammar::NNLexer &lexer, const SourceMap &map, Reporter &reporter);

} // namespace nn::parsing
#endif
