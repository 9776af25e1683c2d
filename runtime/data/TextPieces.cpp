#include "runtime/data/TextPieces.h"
#include "runtime/data/Characters.h"

using namespace nnrt;

namespace {

constexpr std::string_view byteOrderMark = "\xef\xbb\xbf"; // at the beginning it is none of the text
constexpr size_t pieceBytes = size_t(1) << 16, longestWord = size_t(1) << 26;

bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool isTrailByte(char c) { return (c & 0xc0) == 0x80; }

} // namespace

Result<TextPieces> TextPieces::open(const std::string &path, Cut cut) {
  NNRT_ASSIGN(InputFile file, InputFile::open(path));
  return TextPieces(std::move(file), cut);
}

Status TextPieces::rewind() {
  buffer.clear();
  given = 0;
  before = 0;
  isAtEnd = false;
  return file.seek(0);
}

// Where the last character, or the last word, of the buffer may be cut off; 0 if it has no such place behind
// `from`.
size_t TextPieces::cutAt(size_t from) const {
  if (isAtEnd)
    return buffer.size();
  for (size_t end = buffer.size(); end > from; --end)
    if (cut == Cut::word ? isSpace(buffer[end - 1]) : !isTrailByte(buffer[end - 1]))
      return cut == Cut::word ? end : end - 1;
  return 0;
}

Result<std::string_view> TextPieces::next() {
  buffer.erase(0, given);
  before += given;
  size_t end = 0, searched = 0;
  while (end == 0 && !isAtEnd) {
    size_t old = buffer.size();
    if (old > longestWord)
      return dataError("`" + file.path() + "`: no white space in " + std::to_string(old) +
                       " bytes from byte " + std::to_string(before) + " on: that is no word");
    buffer.resize(old + pieceBytes);
    NNRT_ASSIGN(size_t got, file.read(&buffer[old], pieceBytes));
    buffer.resize(old + got);
    isAtEnd = got < pieceBytes;
    end = cutAt(searched);
    searched = old + got;
  }
  given = isAtEnd ? buffer.size() : end;
  std::string_view piece(buffer.data(), given);
  if (int64_t bad = badUtf8Byte(piece); bad >= 0)
    return notUtf8(file.path(), int64_t(before) + bad);
  if (before == 0 && piece.substr(0, byteOrderMark.size()) == byteOrderMark)
    piece.remove_prefix(byteOrderMark.size());
  return piece;
}
