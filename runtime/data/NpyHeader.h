// What the header of a NumPy array file says, checked: the sizes are at least 1 and fit in memory.
#ifndef NN_RUNTIME_DATA_NPYHEADER_H
#define NN_RUNTIME_DATA_NPYHEADER_H

#include "runtime/base/Result.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace nnrt {

struct NpyHeader {
  char kind = 0; // b, i, u, f
  size_t elementBytes = 0;
  bool bigEndian = false, fortranOrder = false;
  std::vector<int64_t> sizes;
  uint64_t elements = 0;
};

// `text`: the dictionary, as `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`.
Result<NpyHeader> parseNpyHeader(const std::string &name, std::string_view text);

} // namespace nnrt

#endif
