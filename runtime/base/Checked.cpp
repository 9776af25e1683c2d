// The machine's memory, for the limit on what a file may ask for.
#include "runtime/base/Checked.h"

#include <unistd.h>

uint64_t nnrt::memoryLimit() {
  long pages = sysconf(_SC_PHYS_PAGES), pageSize = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || pageSize <= 0)
    return uint64_t(1) << 32;
  return uint64_t(pages) / 4 * 3 * uint64_t(pageSize);
}
