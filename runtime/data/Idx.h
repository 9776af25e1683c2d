// The IDX format of the MNIST distribution: a magic number with type and rank, big-endian sizes, the values.
#ifndef NN_RUNTIME_DATA_IDX_H
#define NN_RUNTIME_DATA_IDX_H

#include "runtime/base/Result.h"
#include "runtime/data/Gzip.h"
#include "runtime/data/Table.h"

namespace nnrt {

// One file as a column: the first axis counts records, the others are the shape of a record. gzip or not.
Result<Column> readIdx(const std::string &path);
Result<Column> readIdx(ByteReader bytes);

} // namespace nnrt

#endif
