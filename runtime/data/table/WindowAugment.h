// What training makes of a column of a table: of its finished values, so that noise is in their unit, behind
// `zscore` in standard deviations.
#ifndef NN_RUNTIME_DATA_TABLE_WINDOWAUGMENT_H
#define NN_RUNTIME_DATA_TABLE_WINDOWAUGMENT_H

#include "runtime/abi/Program.h"
#include "runtime/base/Result.h"
#include "runtime/data/Table.h"
#include "runtime/data/audio/Steps.h"
#include "runtime/data/augment/Key.h"

#include <vector>

namespace nnrt {

class WindowAugment {
public:
  // No steps where the field is no column of a table.
  static Result<WindowAugment> of(const nn_data &data, const nn_field &field);

  bool isIdentity() const { return changes.empty(); }
  // Values [rows, width] of a record; without windows there is one row. `shift` moves by a whole number of
  // rows, uniform in ±amount of them, and repeats the row at the end; `noise` is normal, of deviation amount;
  // `time_mask` puts the mean in place of a stretch of up to amount of the rows.
  void apply(Doubles &values, int64_t rows, const AugmentKey &key) const;

private:
  std::vector<SoundChange> changes;
};

} // namespace nnrt

#endif
