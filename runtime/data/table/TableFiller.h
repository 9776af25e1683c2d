// A field that is made of columns of a table: one of them, or `features`, all that are numbers beside one
// another.
#ifndef NN_RUNTIME_DATA_TABLE_TABLEFILLER_H
#define NN_RUNTIME_DATA_TABLE_TABLEFILLER_H

#include "runtime/data/RecordOrder.h"
#include "runtime/data/table/CellFiller.h"

namespace nnrt {

class TableFiller {
public:
  TableFiller(const nn_data &data, size_t field, const Table &table, const Preprocess *preprocessing);
  // Values of a record; 0 where the table does not have the columns.
  int64_t width() const { return parts.empty() ? 0 : rowWidth * parts[0].rows(); }
  // `out`: where the first of these rows begins. Any thread may.
  void fill(uint8_t *out, const BatchRow *rows, int64_t count) const;

private:
  template <class T> void fillAs(T *out, const BatchRow *rows, int64_t count) const;
  const nn_tensor &input;
  std::vector<CellFiller> parts;
  int64_t rowWidth = 0;
};

} // namespace nnrt

#endif
