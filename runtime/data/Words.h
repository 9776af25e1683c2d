// `text(FILE, by: words)`: a text as a sequence of words, in windows.
#ifndef NN_RUNTIME_DATA_WORDS_H
#define NN_RUNTIME_DATA_WORDS_H

#include "runtime/base/Result.h"
#include "runtime/data/Table.h"

#include <string_view>

namespace nnrt {

// The word that begins at `at` or behind the white space there, and `at` behind it; empty at the end.
//
// A word is a run of letters and digits, with apostrophes and hyphens between two of them (`don't`,
// `well-nigh`); every other character that is no white space is a word of its own. Characters beyond ASCII
// count as letters. Upper and lower case stay different.
std::string_view nextWord(std::string_view text, size_t &at);

// One or two columns of [records, window], as `readWindows` makes them of characters. Values are places in
// the dictionary of the file's words, which both share; its lines are counted in words.
Result<Table> readWordWindows(const std::string &path, int64_t window, uint32_t columns);

} // namespace nnrt

#endif
