// A table only where it is needed: most files are ASCII.
#include "compiler/parse/SourceMap.h"
#include <algorithm>

namespace nn::parsing {

SourceMap::SourceMap(uint32_t file, std::string_view text, uint32_t begin)
    : fileIndex(file), begin(begin), size(static_cast<uint32_t>(text.size())) {
  auto isAscii = [](char byte) { return (byte & 0x80) == 0; };
  if (std::all_of(text.begin(), text.end(), isAscii))
    return;
  for (uint32_t i = 0; i < size; ++i)
    if ((text[i] & 0xC0) != 0x80)
      offsets.push_back(i);
}

uint32_t SourceMap::byteAt(size_t codePoint) const {
  if (offsets.empty())
    return begin + static_cast<uint32_t>(std::min<size_t>(codePoint, size));
  return begin + (codePoint < offsets.size() ? offsets[codePoint] : size);
}

// A token the filter inserted is empty: its stop stands before its start.
Location SourceMap::of(const antlr4::Token *token) const {
  return {fileIndex, byteAt(token->getStartIndex()), byteAt(token->getStopIndex() + 1)};
}

Location SourceMap::of(antlr4::ParserRuleContext *context) const {
  Location start = of(context->getStart());
  return context->getStop() ? start.through(of(context->getStop())) : start;
}

} // namespace nn::parsing
