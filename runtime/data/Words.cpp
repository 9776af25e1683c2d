// One walk over the bytes: those of a character beyond ASCII all have their highest bit set.
#include "runtime/data/Words.h"
#include "runtime/data/Characters.h"
#include "runtime/data/NamedClasses.h"
#include "runtime/data/TextPieces.h"

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
  NNRT_ASSIGN(TextPieces text, TextPieces::open(path, TextPieces::Cut::word));
  DictionaryWriter dictionary;
  auto each = [&](const auto &use) -> Status {
    NNRT_TRY(text.rewind());
    for (int64_t count = 0;;) {
      NNRT_ASSIGN(std::string_view piece, text.next());
      if (piece.empty())
        return Done{};
      size_t at = 0;
      for (std::string_view word = nextWord(piece, at); !word.empty(); word = nextWord(piece, at))
        use(uint32_t(dictionary.placeOf(word, ++count)));
    }
  };
  NNRT_ASSIGN(Table table, windowTable(path, {"words", window, columns}, each));
  std::shared_ptr<const Dictionary> words = dictionary.finish();
  for (Column &column : table.columns)
    column.dictionary = words;
  return table;
}
