// `text(FILE)`: the characters of a text in windows. A record is a window and, in a second column, the
// characters that follow them, one further. Values are code points; the field's vocabulary makes classes of
// them.
#ifndef NN_RUNTIME_DATA_CHARACTERS_H
#define NN_RUNTIME_DATA_CHARACTERS_H

#include "runtime/base/Result.h"
#include "runtime/data/Table.h"

#include <string_view>

namespace nnrt {

// One or two columns of [records, window]. What does not fill a last window is left out.
Result<Table> readWindows(const std::string &path, int64_t window, uint32_t columns);
// The same of values that have been read from the file, `units` by name.
Result<Table> windowTable(const std::string &path, const std::vector<uint32_t> &values, const char *units,
                          int64_t window, uint32_t columns,
                          std::shared_ptr<const Dictionary> dictionary = {});

// Bytes of a text.
constexpr uint64_t textLimit = uint64_t(1) << 30;
Error notUtf8(const std::string &path, int64_t badByte);

// The code points of UTF-8 text, or where the first byte stands that belongs to none.
struct CodePoints {
  std::vector<uint32_t> values;
  int64_t badByte = -1;
};
CodePoints decodeUtf8(std::string_view text);
// Where the first byte stands that belongs to no character, or -1: -1 for UTF-8 text.
int64_t badUtf8Byte(std::string_view text);
void appendUtf8(std::string &text, uint32_t codePoint);
// A character as a message shows it: `é` (U+00E9).
std::string characterText(uint32_t codePoint);

} // namespace nnrt

#endif
