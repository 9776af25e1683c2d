// Between lexer and parser. It inserts END where a statement ends, decides which soft words are keywords,
// balances the brackets (and reports those that are not), and refuses what is nested too deep for a recursive
// parser.
//
// A statement ends at the end of its line unless a `(` or `[` is open, the line ends in an operator or a
// comma, or the next line begins with `|>`, `with`, `over`, `else`, `->` or a binary operator other than `-`.
// Inside `{}` ends count again. An END also stands before each `}` and at the end of the file.
#ifndef NN_PARSE_TOKENFILTER_H
#define NN_PARSE_TOKENFILTER_H

#include "compiler/parse/Depth.h"
#include "compiler/parse/Lex.h"

namespace nn::parsing {

class TokenFilter {
public:
  TokenFilter(std::vector<Lexed> input, const SourceMap &map, Reporter &reporter)
      : input(std::move(input)), map(map), reporter(reporter) {}

  // The parser's tokens, the last of them EOF; empty when a limit was exceeded.
  std::vector<TokenPtr> run();

private:
  struct Bracket {
    size_t kind;
    Location where;
    size_t line;
  };

  void take(size_t index);
  void takeCloser(TokenPtr token);
  void takeUnmatched(const antlr4::Token &token);
  void takeEndOfLine(const Lexed &next);
  void resolveWord(size_t index);
  bool endsStatementBefore(const Lexed &next) const;
  bool beginsDeclarationInsideBrackets(size_t index) const;
  bool beginsStatementInsideParentheses(size_t index) const;
  bool isWithinLimits(const antlr4::Token &token);

  void emit(TokenPtr token);
  void emitEnd(const char *text, size_t start, size_t stop, size_t line);
  void closeInnermost(const antlr4::Token &before, const std::string &label);

  size_t last() const { return output.empty() ? size_t(Kinds::END) : output.back()->getType(); }
  bool atStatementStart() const { return last() == Kinds::END || last() == Kinds::LBRACE; }

  std::vector<Lexed> input;
  const SourceMap &map;
  Reporter &reporter;
  std::vector<TokenPtr> output;
  std::vector<Bracket> open;
  Depth depth;
};

} // namespace nn::parsing
#endif
