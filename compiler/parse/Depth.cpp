// Why the counters fall back to zero where they do: behind a binary operator that binds looser than `-`, a
// pending
// `-` or `^` has found its operand; `and`, `or` and `|>` end the operand of a `not` too.
#include "compiler/parse/Depth.h"
#include "compiler/parse/TokenKinds.h"
#include <algorithm>

namespace nn::parsing {

unsigned Depth::nesting() const {
  const Level &level = levels.back();
  return level.base + level.tight + level.loose + level.words;
}

void Depth::open() {
  ++levels.back().links; // a call or an index is a link of the chain before it
  Level level;
  level.base = nesting() + 1;
  levels.push_back(level);
}

void Depth::close() {
  if (levels.size() == 1)
    return;
  unsigned height = levels.back().height() + 1;
  levels.pop_back();
  levels.back().inner = std::max(levels.back().inner, height);
}

void Depth::endElement() {
  Level &level = levels.back();
  Level next;
  next.base = level.base;
  next.highest = level.height();
  level = next;
}

void Depth::takeOperator(size_t kind) {
  Level &level = levels.back();
  ++level.links;
  if (kind == Kinds::POWER) {
    ++level.tight;
    return;
  }
  level.tight = 0;
  if (kind == Kinds::AND || kind == Kinds::OR || kind == Kinds::PIPE)
    level.loose = 0;
}

void Depth::take(size_t kind, bool afterOperand) {
  Level &level = levels.back();
  if (isOpener(kind))
    open();
  else if (isCloser(kind))
    close();
  else if (kind == Kinds::COMMA || kind == Kinds::END)
    endElement();
  else if (kind == Kinds::NOT)
    ++level.loose, ++level.links;
  else if (kind == Kinds::MINUS && !afterOperand)
    ++level.tight, ++level.links;
  else if (isBinaryOperator(kind))
    takeOperator(kind);
  else if (kind == Kinds::DOT)
    ++level.links;
  else if (kind == Kinds::IF || kind == Kinds::SCAN || kind == Kinds::ARROW)
    ++level.words, ++level.links;
}

} // namespace nn::parsing
