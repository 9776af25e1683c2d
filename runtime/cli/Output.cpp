// Width is counted in bytes: the cells are names and numbers.
#include "runtime/cli/Output.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

using namespace nnrt;

void nnrt::printOut(const std::string &text) { fwrite(text.data(), 1, text.size(), stdout); }

Status nnrt::finishOutput() {
  errno = 0;
  if (fflush(stdout) != 0 || ferror(stdout))
    return writeError(std::string("cannot write to standard output") +
                      (errno ? std::string(": ") + strerror(errno) : ""));
  return Done{};
}

std::string nnrt::tableText(const std::vector<std::vector<std::string>> &rows,
                            const std::vector<bool> &rightAligned) {
  std::vector<size_t> widths(rightAligned.size());
  for (const auto &row : rows)
    for (size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], row[i].size());
  std::string text;
  for (const auto &row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      std::string padding(widths[i] - row[i].size(), ' ');
      line += (i ? "  " : "") + (rightAligned[i] ? padding + row[i] : row[i] + padding);
    }
    text += line.erase(line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}
