// A text as a sequence of words.
#ifndef NN_RUNTIME_DATA_WORDS_H
#define NN_RUNTIME_DATA_WORDS_H

#include <string_view>
#include <vector>

namespace nnrt {

// A word is a run of letters and digits, with apostrophes and hyphens between two of them (`don't`,
// `well-nigh`); every other character that is no white space is a word of its own. Characters beyond ASCII
// count as letters. Upper and lower case stay different.
std::vector<std::string_view> wordsOf(std::string_view text);

} // namespace nnrt

#endif
