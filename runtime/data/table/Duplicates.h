// Rows of a table that are there more than once, by fingerprints of what is read of them: 128 bits, so that
// two different rows of a billion share one with a chance below 1e-20.
#ifndef NN_RUNTIME_DATA_TABLE_DUPLICATES_H
#define NN_RUNTIME_DATA_TABLE_DUPLICATES_H

#include "runtime/abi/Program.h"
#include "runtime/data/Table.h"

namespace nnrt {

class Duplicates {
public:
  // Of one row: begin, the values of each of its fields, end.
  void begin() { low = 0x243f6a8885a308d3, high = 0x13198a2e03707344; }
  void add(const std::vector<double> &values);
  void end() { rows.push_back({low, high, int64_t(rows.size())}); }

  // Tells how many rows there were before, and takes them out where the data set asks for it.
  Table resolve(Table table, const nn_data &data, bool maySay);

private:
  struct Row {
    uint64_t low, high;
    int64_t place;
  };
  uint64_t low = 0, high = 0;
  std::vector<Row> rows;
};

} // namespace nnrt

#endif
