// A text as characters and as words. The reader goes through its file twice, so it gets one, in memory.
#include "runtime/data/Characters.h"
#include "runtime/data/Words.h"

#include <cstdlib>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

using namespace nnrt;

namespace {

constexpr int64_t window = 5;

void check(const Result<Table> &table) {
  if (!table)
    return;
  for (const Column &column : table->columns) {
    if (table->records < 1 || column.records() != table->records || column.width != window)
      abort();
    for (int64_t i = 0; i < window; ++i)
      (void)column.at(table->records - 1, i);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  int file = memfd_create("input", 0);
  if (file < 0 || write(file, data, size) != ssize_t(size))
    abort();
  std::string path = "/proc/self/fd/" + std::to_string(file);
  check(readWindows(path, window, 2));
  check(readWordWindows(path, window, 1));
  close(file);
  return 0;
}
