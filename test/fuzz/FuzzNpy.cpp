#include "runtime/data/Npy.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

using namespace nnrt;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  size_t position = 0;
  auto column = readNpy("input", [&](void *buffer, size_t count) -> Result<size_t> {
    size_t got = std::min(count, size - position);
    if (got)
      memcpy(buffer, data + position, got);
    position += got;
    return got;
  });
  if (column && column->records() < 1)
    abort();
  return 0;
}
