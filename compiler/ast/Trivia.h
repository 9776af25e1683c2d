// What stands in a file beside its tokens: comments, blank lines and where lines begin. The printer keeps the
// comments at their places and takes from the rest what the author alone can know: which statements and which
// steps of a pipe belong together.
#ifndef NN_AST_TRIVIA_H
#define NN_AST_TRIVIA_H

#include "compiler/basic/Location.h"
#include <algorithm>
#include <string>
#include <vector>

namespace nn::ast {

struct Comment {
  Location where;
  std::string text; // with its slashes, without space at its end
  bool ownLine;     // nothing stands before it on its line
};

struct Trivia {
  std::vector<Comment> comments;
  std::vector<uint32_t> blankLines; // an offset within each run of blank lines
  std::vector<uint32_t> lineStarts; // of the tokens that are first on their line

  static bool hasBetween(const std::vector<uint32_t> &sorted, uint32_t begin, uint32_t end) {
    auto first = std::lower_bound(sorted.begin(), sorted.end(), begin);
    return first != sorted.end() && *first < end;
  }
};

} // namespace nn::ast
#endif
