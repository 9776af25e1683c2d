// What the grammar would have accepted, in human words: "an expression", "`,` or `)`".
#ifndef NN_PARSE_EXPECTED_H
#define NN_PARSE_EXPECTED_H

#include "antlr4-runtime.h"
#include <string>

namespace nn::parsing {

// The tokens that could have stood in place of the offending one.
antlr4::misc::IntervalSet expectedTokens(antlr4::Parser &parser, const antlr4::RecognitionException &error);

std::string describeExpected(const antlr4::misc::IntervalSet &expected, const antlr4::Parser &parser);

} // namespace nn::parsing
#endif
