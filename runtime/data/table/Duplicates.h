// Rows of a table that are there more than once, by fingerprints of what is read of them: 128 bits, so that
// two different rows of a billion share one with a chance below 1e-20. They count against the limit of
// memory, and beyond it are compared in parts.
#ifndef NN_RUNTIME_DATA_TABLE_DUPLICATES_H
#define NN_RUNTIME_DATA_TABLE_DUPLICATES_H

#include "runtime/abi/Program.h"
#include "runtime/base/Result.h"
#include "runtime/data/ColumnWriter.h"

namespace nnrt {

class Duplicates {
public:
  // Of one row: begin, the values of each of its fields, end.
  void begin() { low = 0x243f6a8885a308d3, high = 0x13198a2e03707344; }
  void add(const std::vector<double> &values);
  Status end();

  // Tells how many rows there were before, and takes them out where the data set asks for it.
  Result<Table> resolve(Table table, const nn_data &data, bool maySay);

private:
  struct Row {
    uint64_t low, high;
    int64_t place;
  };
  void markIn(const Column &rows, uint64_t part, uint64_t parts, std::vector<bool> &leaves) const;

  uint64_t low = 0, high = 0;
  ColumnWriter<uint8_t> prints{"fingerprints", {int64_t(2 * sizeof(uint64_t))}, 2 * sizeof(uint64_t)};
};

} // namespace nnrt

#endif
