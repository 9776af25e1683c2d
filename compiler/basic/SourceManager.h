// The texts a run works on, and the way from a byte offset to a line and a column. Files are numbered in the
// order they are added; `Location::file` is that number.
#ifndef NN_BASIC_SOURCEMANAGER_H
#define NN_BASIC_SOURCEMANAGER_H

#include "compiler/basic/Location.h"
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nn {

class SourceManager {
public:
  // Lines and columns count from 1; a column is one UTF-8 character.
  struct Position {
    unsigned line, column;
  };

  // Reads the file; without a result `error` says why ("cannot read `x.nn`: No such file or directory").
  std::optional<uint32_t> addFile(const std::string &path, std::string &error);
  uint32_t addBuffer(std::string name, std::string text);

  std::string_view text(uint32_t file) const { return sources[file].text; }
  const std::string &path(uint32_t file) const { return sources[file].path; }
  uint32_t fileCount() const { return static_cast<uint32_t>(sources.size()); }

  // An offset past the end is taken as the end.
  Position position(uint32_t file, uint32_t offset) const;
  // The line's bytes without its end, and where they begin in the file.
  std::string_view line(uint32_t file, unsigned line) const;
  uint32_t lineBegin(uint32_t file, unsigned line) const { return sources[file].lineBegins[line - 1]; }

private:
  struct Source {
    std::string path, text;
    std::vector<uint32_t> lineBegins; // ascending, the first is 0
  };
  std::deque<Source> sources; // a deque: views into the texts stay valid
};

} // namespace nn
#endif
