// The augmentations of a data set, for the batches of a training.
#ifndef NN_RUNTIME_DATA_AUGMENT_SETAUGMENT_H
#define NN_RUNTIME_DATA_AUGMENT_SETAUGMENT_H

#include "runtime/data/RecordOrder.h"
#include "runtime/data/augment/FieldAugment.h"

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

  // Null where the field's records stay as they are.
  const FieldAugment *field(size_t index) const {
    return fields[index].isIdentity() ? nullptr : &fields[index];
  }
  AugmentKey keyOf(const BatchRow &row) const { return {seed, row.round, uint64_t(row.record)}; }
  // With which row of its batch a row is mixed, by the one field that is.
  MixDraw draw(const RowsToFill &rows, int64_t row) const;

private:
  uint64_t seed = 0;
  std::vector<FieldAugment> fields; // one a field
};

} // namespace nnrt

#endif
