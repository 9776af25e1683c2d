#ifndef NN_RUNTIME_DATA_REPORT_PICTURES_H
#define NN_RUNTIME_DATA_REPORT_PICTURES_H

#include "runtime/data/Table.h"

#include <optional>

namespace nnrt {

// A record of shape [height, width, 1 or 3] as the bytes of a PNG file. Values that are no bytes are spread
// from its smallest to its largest. None where libpng fails.
std::optional<std::string> pngOf(const Column &column, const std::vector<int64_t> &shape, int64_t record);

} // namespace nnrt

#endif
