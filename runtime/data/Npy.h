// NumPy's array file, versions 1 to 3: a header that is a Python dictionary, then the values. Booleans, whole
// numbers and floats of either byte order and of C or Fortran order.
// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
#ifndef NN_RUNTIME_DATA_NPY_H
#define NN_RUNTIME_DATA_NPY_H

#include "runtime/base/Result.h"
#include "runtime/data/Table.h"

#include <functional>

namespace nnrt {

// As many bytes as there are, at most `count`.
using ByteStream = std::function<Result<size_t>(void *buffer, size_t count)>;

// One array as a column: the first axis counts records, the others are the shape of a record. gzip or not.
// `tableBytes`: what a record takes in all columns of its table, if that is known.
Result<Column> readNpy(const std::string &path, uint64_t tableBytes = 0);
// Messages call the array `name`.
Result<Column> readNpy(const std::string &name, const ByteStream &bytes, uint64_t tableBytes = 0);

} // namespace nnrt

#endif
