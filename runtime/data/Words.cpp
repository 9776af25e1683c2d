// One walk over the bytes: those of a character beyond ASCII all have their highest bit set.
#include "runtime/data/Words.h"

using namespace nnrt;

namespace {

bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80);
}
bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool isJoint(char c) { return c == '\'' || c == '-'; }

// The end of the word that begins with the letter at `at`.
size_t endOfWord(std::string_view text, size_t at) {
  while (at < text.size() &&
         (isLetter(text[at]) || (isJoint(text[at]) && at + 1 < text.size() && isLetter(text[at + 1]))))
    ++at;
  return at;
}

} // namespace

std::vector<std::string_view> nnrt::wordsOf(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at < text.size();) {
    if (isSpace(text[at])) {
      ++at;
      continue;
    }
    size_t end = isLetter(text[at]) ? endOfWord(text, at) : at + 1;
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}
