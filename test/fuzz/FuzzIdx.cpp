#include "runtime/data/Idx.h"

using namespace nnrt;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto bytes = ByteReader::over("input", {reinterpret_cast<const char *>(data), size});
  if (bytes)
    (void)readIdx(std::move(*bytes));
  return 0;
}
