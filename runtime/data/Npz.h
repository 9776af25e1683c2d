// NumPy's archive of arrays: a zip archive with a file `NAME.npy` for each.
#ifndef NN_RUNTIME_DATA_NPZ_H
#define NN_RUNTIME_DATA_NPZ_H

#include "runtime/data/Table.h"
#include "runtime/data/Zip.h"

namespace nnrt {

// The array of this name, without `.npy`. `tableBytes`: as for readNpy.
Result<Column> readNpz(ZipArchive &archive, const std::string &array, uint64_t tableBytes = 0);

} // namespace nnrt

#endif
