// Where a piece of text stands: a byte range of one source file. Two words, copied freely; `SourceManager`
// turns it into a line, a column and a caret.
#ifndef NN_BASIC_LOCATION_H
#define NN_BASIC_LOCATION_H

#include <cstdint>

namespace nn {

struct Location {
  static constexpr uint32_t noFile = UINT32_MAX;

  uint32_t file = noFile; // index in the SourceManager
  uint32_t begin = 0;     // byte offsets, end is one past the last
  uint32_t end = 0;

  bool isValid() const { return file != noFile; }
  // From the start of this to the end of `other`, which must be in the same file.
  Location through(Location other) const { return {file, begin, other.end}; }
};

} // namespace nn
#endif
