// What the filter and the messages need to know of each kind of token.
#ifndef NN_PARSE_TOKENKINDS_H
#define NN_PARSE_TOKENKINDS_H

#include "NNLexer.h"
#include <string>

namespace nn::parsing {

using Kinds = grammar::NNLexer;
using TokenPtr = std::unique_ptr<antlr4::Token>;

bool isOpener(size_t kind);
bool isCloser(size_t kind);
size_t closerOf(size_t opener);
const char *spelling(size_t bracket);

// A word that may be a name: an identifier or a soft word.
bool isName(size_t kind);
bool isSoftDeclarationWord(size_t kind);
bool isDeclarationWord(size_t kind); // soft or reserved
bool isStatementWord(size_t kind);
bool beginsStatement(size_t kind); // a reserved word that begins a statement and nothing else
bool isReserved(size_t kind);

// An operand may end here, so that a `-` behind it is binary and a `(` a call.
bool endsOperand(size_t kind);
bool isBinaryOperator(size_t kind);

// A line that ends so goes on, and a line that begins so belongs to the one before.
bool continuesAfter(size_t kind);
bool continuesBefore(size_t kind);

// "`foo`", cut when very long.
std::string quoted(std::string text);
// The token as a message says it: "`)`", "end of line", "reserved word `in`".
std::string describe(const antlr4::Token *token);

} // namespace nn::parsing
#endif
