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
  // Of some rows: begin, the values of each of their fields, [rows, width], end.
  void begin(int64_t rows) { pending.assign(size_t(rows), {0x243f6a8885a308d3, 0x13198a2e03707344}); }
  void add(const double *values, int64_t width);
  Status end();

  // Tells how many rows there were before, and takes them out where the data set asks for it.
  Result<Table> resolve(Table table, const nn_data &data, bool maySay);

private:
  struct Print {
    uint64_t low, high;
  };
  struct Row {
    Print print;
    int64_t place;
  };
  template <class Use>
  static void forEach(const Column &prints, uint64_t part, uint64_t parts, const Use &use);
  static void markIn(const Column &prints, uint64_t part, uint64_t parts, std::vector<bool> &leaves);

  std::vector<Print> pending;
  ColumnWriter<uint8_t> prints{"fingerprints", {int64_t(sizeof(Print))}, sizeof(Print)};
};

} // namespace nnrt

#endif
