// What a file's name says about its record: `{digit}_{speaker}_{index}.wav`.
#ifndef NN_RUNTIME_DATA_NAMEPATTERN_H
#define NN_RUNTIME_DATA_NAMEPATTERN_H

#include "runtime/base/Result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nnrt {

class NamePattern {
public:
  // `{index:0-4}` takes whole numbers from 0 to 4.
  struct Range {
    int64_t low, high;
  };

  // Names in braces take at least one character each; what stands between them must be there. A `/` makes the
  // pattern one of as many folders above the file.
  static Result<NamePattern> of(std::string_view pattern);

  const std::vector<std::string> &names() const { return parts; }
  // The texts of the names in a path, in their order, or nothing where it has another form. A part ends where
  // what follows it is found first, and holds no `/`.
  std::optional<std::vector<std::string>> match(std::string_view path) const;
  // Whether the texts that have ranges are numbers within them.
  bool isWithin(const std::vector<std::string> &texts) const;

private:
  std::vector<std::string> parts;           // the names
  std::vector<std::optional<Range>> ranges; // of each
  std::vector<std::string> literals;        // before, between and after them: one more
  size_t folders = 0;
};

} // namespace nnrt

#endif
