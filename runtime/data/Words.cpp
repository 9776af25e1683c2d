// One walk over the bytes: those of a character beyond ASCII all have their highest bit set.
#include "runtime/data/Words.h"
#include "runtime/base/File.h"
#include "runtime/data/Characters.h"
#include "runtime/data/NamedClasses.h"

#include <algorithm>

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

std::string_view nnrt::nextWord(std::string_view text, size_t &at) {
  while (at < text.size() && isSpace(text[at]))
    ++at;
  if (at == text.size())
    return {};
  size_t begin = at;
  at = isLetter(text[at]) ? endOfWord(text, at) : at + 1;
  return text.substr(begin, at - begin);
}

Result<Table> nnrt::readWordWindows(const std::string &path, int64_t window, uint32_t columns) {
  NNRT_ASSIGN(std::string text, readText(path, textLimit));
  if (int64_t bad = badUtf8Byte(text); bad >= 0)
    return notUtf8(path, bad);
  std::vector<uint32_t> places;
  DictionaryWriter dictionary;
  constexpr std::string_view byteOrderMark = "\xef\xbb\xbf"; // is none of the text
  size_t at = text.compare(0, byteOrderMark.size(), byteOrderMark) == 0 ? byteOrderMark.size() : 0;
  for (std::string_view word = nextWord(text, at); !word.empty(); word = nextWord(text, at))
    places.push_back(uint32_t(dictionary.placeOf(word, int64_t(places.size()) + 1)));
  return windowTable(path, places, "words", window, columns, dictionary.finish());
}
