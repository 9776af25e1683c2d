#include "runtime/base/TableText.h"

#include <algorithm>

using namespace nnrt;

size_t nnrt::lengthOf(const std::string &text) {
  return size_t(std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xc0) != 0x80; }));
}

std::string nnrt::tableText(const std::vector<std::vector<std::string>> &rows,
                            const std::vector<bool> &rightAligned) {
  std::vector<size_t> widths(rightAligned.size());
  for (const auto &row : rows)
    for (size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], lengthOf(row[i]));
  std::string text;
  for (const auto &row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      std::string padding(widths[i] - lengthOf(row[i]), ' ');
      line += (i ? "  " : "") + (rightAligned[i] ? padding + row[i] : row[i] + padding);
    }
    text += line.erase(line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}
