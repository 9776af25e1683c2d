// The table of well-formed byte sequences (Unicode 15, table 3-7), read as: length from the first byte, then
// the range of the second, which is where overlong forms, surrogates and too large values show.
#include "compiler/basic/Utf8.h"

namespace nn {

namespace {

struct Lead {
  unsigned bytes; // 0: never begins a character
  unsigned char secondLow, secondHigh;
};

Lead classify(unsigned char first) {
  if (first < 0x80)
    return {1, 0, 0};
  if (first < 0xC2)
    return {0, 0, 0};
  if (first < 0xE0)
    return {2, 0x80, 0xBF};
  if (first < 0xF0)
    return {3, static_cast<unsigned char>(first == 0xE0 ? 0xA0 : 0x80),
            static_cast<unsigned char>(first == 0xED ? 0x9F : 0xBF)};
  if (first < 0xF5)
    return {4, static_cast<unsigned char>(first == 0xF0 ? 0x90 : 0x80),
            static_cast<unsigned char>(first == 0xF4 ? 0x8F : 0xBF)};
  return {0, 0, 0};
}

} // namespace

std::optional<CodePoint> decodeUtf8(std::string_view text, size_t offset) {
  if (offset >= text.size())
    return std::nullopt;
  unsigned char first = text[offset];
  Lead lead = classify(first);
  if (lead.bytes == 0 || text.size() - offset < lead.bytes)
    return std::nullopt;
  if (lead.bytes == 1)
    return CodePoint{first, 1};
  uint32_t value = first & (0x7F >> lead.bytes);
  for (unsigned i = 1; i < lead.bytes; ++i) {
    unsigned char next = text[offset + i];
    unsigned char low = i == 1 ? lead.secondLow : 0x80, high = i == 1 ? lead.secondHigh : 0xBF;
    if (next < low || next > high)
      return std::nullopt;
    value = value << 6 | (next & 0x3F);
  }
  return CodePoint{value, lead.bytes};
}

std::optional<size_t> firstInvalidUtf8(std::string_view text) {
  for (size_t offset = 0; offset < text.size();) {
    std::optional<CodePoint> point = decodeUtf8(text, offset);
    if (!point)
      return offset;
    offset += point->bytes;
  }
  return std::nullopt;
}

} // namespace nn
