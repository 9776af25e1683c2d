// A line is first cut into cells (what is shown, how wide), then the window is taken out of the cells.
#include "compiler/diagnostics/SourceExcerpt.h"
#include "compiler/basic/Utf8.h"
#include "llvm/Support/Unicode.h"
#include <algorithm>

namespace nn {

namespace {

constexpr unsigned tabWidth = 4, windowWidth = 100, contextBefore = 40;
const char *const replacement = "\xEF\xBF\xBD";
const char *const ellipsis = "...";

struct Cell {
  std::string text;
  unsigned width, bytes;
};

// Control characters and the invisible ones (direction overrides above all) must not reach the terminal.
Cell cellAt(std::string_view text, size_t offset, unsigned column) {
  if (text[offset] == '\t') {
    unsigned width = tabWidth - column % tabWidth;
    return {std::string(width, ' '), width, 1};
  }
  std::optional<CodePoint> point = decodeUtf8(text, offset);
  if (!point)
    return {replacement, 1, 1};
  std::string bytes(text.substr(offset, point->bytes));
  int width = llvm::sys::unicode::columnWidthUTF8(bytes);
  if (width < 0)
    return {replacement, 1, point->bytes};
  return {bytes, static_cast<unsigned>(width), point->bytes};
}

} // namespace

SourceExcerpt::SourceExcerpt(std::string_view line, uint32_t focus) {
  std::vector<Cell> cells;
  unsigned column = 0;
  for (size_t offset = 0; offset < line.size();) {
    cells.push_back(cellAt(line, offset, column));
    columns.insert(columns.end(), cells.back().bytes, column);
    column += cells.back().width;
    offset += cells.back().bytes;
  }
  columns.push_back(column);

  windowEnd = column;
  if (column > windowWidth) {
    unsigned focusColumn = columnOf(focus);
    windowBegin = focusColumn > windowWidth - contextBefore ? focusColumn - contextBefore : 0;
    windowEnd = std::min(column, windowBegin + windowWidth);
  }
  if (windowBegin > 0) {
    shown = ellipsis;
    margin = static_cast<unsigned>(shown.size());
  }
  column = 0;
  for (const Cell &cell : cells) {
    if (column >= windowBegin && column + cell.width <= windowEnd)
      shown += cell.text;
    column += cell.width;
  }
  if (windowEnd < column)
    shown += ellipsis;
}

unsigned SourceExcerpt::columnOf(uint32_t byte) const {
  return columns[std::min<size_t>(byte, columns.size() - 1)];
}

SourceExcerpt::Span SourceExcerpt::span(uint32_t begin, uint32_t end) const {
  unsigned from = std::clamp(columnOf(begin), windowBegin, windowEnd);
  unsigned to = std::clamp(columnOf(end), windowBegin, windowEnd);
  return {margin + from - windowBegin, to > from ? to - from : 1};
}

std::string printable(std::string_view text) {
  std::string result;
  for (size_t offset = 0; offset < text.size();) {
    Cell cell = cellAt(text, offset, 0);
    result += text[offset] == '\t' ? std::string(" ") : cell.text;
    offset += cell.bytes;
  }
  return result;
}

} // namespace nn
