// NumPy's archive of arrays: a zip archive with a file `NAME.npy` for each.
#ifndef NN_RUNTIME_DATA_NPZ_H
#define NN_RUNTIME_DATA_NPZ_H

#include "runtime/data/Table.h"
#include "runtime/data/Zip.h"

namespace nnrt {

// The array of this name, without `.npy`.
Result<Column> readNpz(ZipArchive &archive, const std::string &array);

} // namespace nnrt

#endif
