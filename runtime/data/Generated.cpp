// The key of a record: source and split are the purpose, the index is the row.
#include "runtime/data/Generated.h"

using namespace nnrt;

RandomStream GeneratorKey::record(std::string_view source, int64_t index) const {
  std::string name = "runtime.data." + std::string(source) + "." + split;
  return RandomStream({seed, purposeOf(name), /*time=*/0, uint64_t(index)});
}
