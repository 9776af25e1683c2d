// ANTLR counts code points, locations count bytes: this is the way from one to the other.
#ifndef NN_PARSE_SOURCEMAP_H
#define NN_PARSE_SOURCEMAP_H

#include "antlr4-runtime.h"
#include "compiler/basic/Location.h"
#include <string_view>
#include <vector>

namespace nn::parsing {

class SourceMap {
public:
  // `text` is valid UTF-8 and stands `begin` bytes into the file (behind a byte order mark).
  SourceMap(uint32_t file, std::string_view text, uint32_t begin);

  Location of(const antlr4::Token *token) const;
  Location of(antlr4::ParserRuleContext *context) const;
  uint32_t file() const { return fileIndex; }

private:
  uint32_t byteAt(size_t codePoint) const;

  uint32_t fileIndex, begin, size;
  std::vector<uint32_t> offsets; // of each code point; empty when the text is ASCII
};

} // namespace nn::parsing
#endif
