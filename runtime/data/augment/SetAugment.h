// The augmentations of a data set, for the batches of a training.
#ifndef NN_RUNTIME_DATA_AUGMENT_SETAUGMENT_H
#define NN_RUNTIME_DATA_AUGMENT_SETAUGMENT_H

#include "runtime/data/RecordOrder.h"
#include "runtime/data/augment/FieldAugment.h"
#include "runtime/data/table/WindowAugment.h"

#include <memory>

namespace nnrt {

// The rows of a batch that one call fills, and the batch that they are of.
struct RowsToFill {
  const BatchRow *batch;
  int64_t rows;         // of the batch
  int64_t first, count; // to fill
};

class SetAugment {
public:
  static Result<SetAugment> of(const nn_data &data, uint64_t seed);
  // Has records of a plain field, no sounds, made by a function; `data` is the one this is of.
  void make(const nn_data &data, size_t field, RecordMaker maker);

  // Null where the field's records stay as they are.
  const FieldAugment *field(size_t index) const {
    return fields[index].isIdentity() ? nullptr : &fields[index];
  }
  // The same of a column of a table.
  const WindowAugment *column(size_t index) const {
    return columns[index].isIdentity() ? nullptr : &columns[index];
  }
  AugmentKey keyOf(const BatchRow &row) const { return {seed, row.round, uint64_t(row.record)}; }
  // With which row of its batch a row is mixed, by the one field that is.
  MixDraw draw(const RowsToFill &rows, int64_t row) const;
  // What training makes of a field's record in a row, before its values are preprocessed: changed, and with
  // another one of its batch where they are mixed. `T` is the type of the column's elements.
  template <class T>
  void change(size_t field, const Column &column, const RowsToFill &rows, int64_t row,
              std::vector<T> &out) const;

private:
  template <class T>
  void changeAlone(size_t field, const Column &column, const BatchRow &row, std::vector<T> &out) const;

  uint64_t seed = 0;
  std::vector<FieldAugment> fields; // one a field
  std::vector<WindowAugment> columns;
};

} // namespace nnrt

#endif
