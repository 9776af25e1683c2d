// What the compiler accepts from a source file. Each limit is far above what a person writes and low enough
// that the recursive phases behind it stay within the stack and within a second.
#ifndef NN_BASIC_LIMITS_H
#define NN_BASIC_LIMITS_H

#include <cstddef>

namespace nn::limits {

constexpr size_t sourceBytes = size_t(1) << 20;
constexpr size_t tokens = 100'000;

// Brackets, prefix operators, `^`, `if` and function types inside each other: each is a recursion of the
// parser.
constexpr unsigned nesting = 256;

// The height of one statement's tree, where a chain `a + a + …` counts each operator: each is a recursion of
// the phases after the parser.
constexpr unsigned height = 1000;

// After so many syntax errors the rest of a file says nothing new.
constexpr unsigned syntaxErrors = 20;

} // namespace nn::limits
#endif
