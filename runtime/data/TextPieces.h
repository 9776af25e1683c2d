// The UTF-8 text of a file in pieces, so that a text may be larger than memory. It can be gone through again.
#ifndef NN_RUNTIME_DATA_TEXTPIECES_H
#define NN_RUNTIME_DATA_TEXTPIECES_H

#include "runtime/base/File.h"

#include <string>
#include <string_view>

namespace nnrt {

class TextPieces {
public:
  // Pieces end between characters, or behind white space, so that no word is cut.
  enum class Cut { character, word };
  static Result<TextPieces> open(const std::string &path, Cut cut);

  // The next piece, which is there until the next call; empty at the end.
  Result<std::string_view> next();
  // Back to the beginning.
  Status rewind();

private:
  TextPieces(InputFile file, Cut cut) : file(std::move(file)), cut(cut) {}
  size_t cutAt(size_t from) const;

  InputFile file;
  Cut cut;
  std::string buffer;
  size_t given = 0;     // bytes of the buffer that the last piece had
  uint64_t before = 0;  // bytes of the file before the buffer
  bool isAtEnd = false; // of the file
};

} // namespace nnrt

#endif
