// UTF-8, strictly: no overlong forms, no surrogates, nothing above U+10FFFF.
#ifndef NN_BASIC_UTF8_H
#define NN_BASIC_UTF8_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace nn {

struct CodePoint {
  uint32_t value;
  unsigned bytes;
};

// The character at `offset`, or nothing if the bytes there are not one.
std::optional<CodePoint> decodeUtf8(std::string_view text, size_t offset);

// Where the first byte stands that belongs to no character, or nothing if all is well.
std::optional<size_t> firstInvalidUtf8(std::string_view text);

} // namespace nn
#endif
