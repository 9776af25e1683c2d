// The steps of a picture as the program's text has them: `equalize`, `clahe(tiles:, limit:)` on bytes,
// `standardize`, which gives each picture mean 0 and deviation 1, and `minmax(low:, high:, per: record)`.
#ifndef NN_RUNTIME_DATA_IMAGE_STEPS_H
#define NN_RUNTIME_DATA_IMAGE_STEPS_H

#include "runtime/abi/Program.h"
#include "runtime/base/Result.h"
#include "runtime/data/Table.h"

#include <functional>
#include <string>

namespace nnrt {

bool isImageStep(const nn_call &call);
// Whether it makes bytes of bytes.
bool keepsBytes(const nn_call &step);

// What a step makes of one record. `shape` is that of the record: [height, width] or [height, width,
// channels].
using ImageStep = std::function<Doubles(const Doubles &)>;
Result<ImageStep> imageStepOf(const nn_call &call, const std::vector<int64_t> &shape,
                              const std::string &dataSet);

// (value - mean) / deviation of the record itself; a constant record becomes 0.
Doubles standardized(const Doubles &record);
// The record's smallest value becomes `low`, its largest `high`; a constant record becomes `low`.
Doubles intoRange(const Doubles &record, double low, double high);

} // namespace nnrt

#endif
