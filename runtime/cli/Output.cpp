#include "runtime/cli/Output.h"

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
