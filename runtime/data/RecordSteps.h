// Preprocessing that looks at a whole record at once and may change its shape, as `mfcc`. Such steps stand
// before those of single values (Preprocess.h), and what they make is the column that those are fitted on.
#ifndef NN_RUNTIME_DATA_RECORDSTEPS_H
#define NN_RUNTIME_DATA_RECORDSTEPS_H

#include "runtime/abi/Program.h"
#include "runtime/base/Result.h"
#include "runtime/data/Table.h"

#include <functional>

namespace nnrt {

bool isRecordStep(const nn_call &step);

class RecordSteps {
public:
  static Result<RecordSteps> of(const nn_data &data, const nn_field &field);

  bool isIdentity() const { return steps.empty(); }
  // One record, finished as far as these steps go. Any thread may.
  Doubles apply(Doubles record) const;
  // All records of a column, on all threads; `shape` is what a record then has.
  Result<Column> apply(const Column &column, const std::vector<int64_t> &shape) const;

private:
  template <class T>
  Result<Column> finished(const Column &column, const std::vector<int64_t> &shape, int64_t width) const;

  bool makesBytes = true; // of bytes
  std::vector<std::function<Doubles(const Doubles &)>> steps;
};

} // namespace nnrt

#endif
