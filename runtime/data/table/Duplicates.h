// Rows of a table that are there more than once, by fingerprints of what is read of them: 128 bits, so that
// two different rows of a billion share one with a chance below 1e-20. They count against the limit of
// memory, and beyond it are compared in parts, each a stretch of the temporary file.
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
    bool operator==(const Print &other) const { return low == other.low && high == other.high; }
  };
  struct Row {
    Print print;
    int64_t place;
  };
  struct PrintHash {
    size_t operator()(const Print &print) const { return print.low; }
  };
  template <class Use> static Status forEach(const Column &rows, const Use &use);
  static Result<std::vector<Column>> markFirst(const Column &rows, uint64_t key, size_t most,
                                               std::vector<bool> &leaves);
  static Status mark(Column rows, uint64_t key, size_t most, std::vector<bool> &leaves);

  std::vector<Print> pending;
  ColumnWriter<uint8_t> prints{"fingerprints", {int64_t(sizeof(Print))}, sizeof(Print)};
};

} // namespace nnrt

#endif
