// The grammar lists its words group by group, so that a group is a range.
#include "compiler/parse/TokenKinds.h"

namespace nn::parsing {

namespace {

bool within(size_t kind, size_t first, size_t last) { return first <= kind && kind <= last; }

constexpr size_t longestQuote = 40;

} // namespace

bool isOpener(size_t kind) {
  return kind == Kinds::LPAREN || kind == Kinds::LBRACKET || kind == Kinds::LBRACE;
}

bool isCloser(size_t kind) {
  return kind == Kinds::RPAREN || kind == Kinds::RBRACKET || kind == Kinds::RBRACE;
}

size_t closerOf(size_t opener) {
  if (opener == Kinds::LPAREN)
    return Kinds::RPAREN;
  return opener == Kinds::LBRACKET ? Kinds::RBRACKET : Kinds::RBRACE;
}

const char *spelling(size_t bracket) {
  switch (bracket) {
  case Kinds::LPAREN:
    return "(";
  case Kinds::RPAREN:
    return ")";
  case Kinds::LBRACKET:
    return "[";
  case Kinds::RBRACKET:
    return "]";
  case Kinds::LBRACE:
    return "{";
  default:
    return "}";
  }
}

bool isSoftDeclarationWord(size_t kind) { return within(kind, Kinds::DATA, Kinds::SELECT); }

bool isDeclarationWord(size_t kind) {
  return isSoftDeclarationWord(kind) || kind == Kinds::IMPORT || kind == Kinds::HYPER || kind == Kinds::FN;
}

bool isStatementWord(size_t kind) { return within(kind, Kinds::STATE, Kinds::FREEZE); }

bool beginsStatement(size_t kind) { return within(kind, Kinds::LET, Kinds::YIELD); }

bool isReserved(size_t kind) { return within(kind, Kinds::IMPORT, Kinds::FALSE); }

bool isName(size_t kind) { return kind == Kinds::IDENT || within(kind, Kinds::DATA, Kinds::AS); }

bool endsOperand(size_t kind) {
  return isName(kind) || isCloser(kind) || kind == Kinds::NUMBER || kind == Kinds::QUANTITY ||
         kind == Kinds::STRING || kind == Kinds::TRUE || kind == Kinds::FALSE;
}

bool isBinaryOperator(size_t kind) {
  return within(kind, Kinds::PIPE, Kinds::NOTEQUAL) || kind == Kinds::DOTDOT || kind == Kinds::AND ||
         kind == Kinds::OR;
}

bool continuesAfter(size_t kind) {
  if (isBinaryOperator(kind))
    return true;
  switch (kind) {
  case Kinds::COMMA:
  case Kinds::COLON:
  case Kinds::DOT:
  case Kinds::ASSIGN:
  case Kinds::ARROW:
  case Kinds::NOT:
  case Kinds::IN:
  case Kinds::OVER:
  case Kinds::WITH:
    return true;
  default:
    return false;
  }
}

bool continuesBefore(size_t kind) {
  if (isBinaryOperator(kind))
    return kind != Kinds::MINUS;
  return kind == Kinds::ARROW || kind == Kinds::WITH || kind == Kinds::OVER || kind == Kinds::ELSE;
}

std::string quoted(std::string text) {
  if (text.size() > longestQuote) {
    text.resize(longestQuote);
    while (!text.empty() && (text.back() & 0xC0) == 0x80)
      text.pop_back();
    if (!text.empty() && (text.back() & 0x80))
      text.pop_back();
    text += "...";
  }
  return "`" + text + "`";
}

std::string describe(const antlr4::Token *token) {
  size_t kind = token->getType();
  if (kind == antlr4::Token::EOF)
    return "end of file";
  std::string text = token->getText();
  if (kind == Kinds::END && text.size() > 1)
    return text;
  return (isReserved(kind) ? "reserved word " : "") + quoted(text);
}

} // namespace nn::parsing
