// `text(FILE)`: the characters of a text in windows. A record is a window and, in a second column, the
// characters that follow them, one further. Values are code points; the field's vocabulary makes classes of
// them.
#ifndef NN_RUNTIME_DATA_CHARACTERS_H
#define NN_RUNTIME_DATA_CHARACTERS_H

#include "runtime/base/Result.h"
#include "runtime/data/Table.h"

#include <functional>
#include <string_view>

namespace nnrt {

// One or two columns of [records, window]. What does not fill a last window is left out.
Result<Table> readWindows(const std::string &path, int64_t window, uint32_t columns);

// The sequence that a file holds: characters, or words.
struct SequenceForm {
  const char *units; // for messages
  int64_t window;    // elements of a record
  uint32_t columns;
};
// Calls use(value) with all values in order. It is asked for them twice: how many there are and how large,
// then what they are.
using EachValue = std::function<Status(const std::function<void(uint32_t)> &use)>;
// They are stored once: the columns are windows over them.
Result<Table> windowTable(const std::string &path, const SequenceForm &form, const EachValue &each);

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
