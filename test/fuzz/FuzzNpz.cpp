#include "runtime/data/Npz.h"

using namespace nnrt;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto archive = ZipArchive::over("input", {reinterpret_cast<const char *>(data), size});
  if (archive)
    for (const char *name : {"x", "label"})
      (void)readNpz(*archive, name);
  return 0;
}
