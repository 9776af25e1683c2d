// The steps of a picture as the program's text has them: `equalize`, `clahe(tiles:, limit:)` on bytes, and
// `standardize`, which gives each picture mean 0 and deviation 1.
#ifndef NN_RUNTIME_DATA_IMAGE_STEPS_H
#define NN_RUNTIME_DATA_IMAGE_STEPS_H

#include "runtime/abi/Program.h"
#include "runtime/base/Result.h"
#include "runtime/data/Table.h"

#include <functional>
#include <string>

namespace nnrt {

bool isImageStep(const nn_call &call);

// What a step makes of one record. `shape` is that of the record: [height, width] or [height, width,
// channels].
using ImageStep = std::function<Doubles(const Doubles &)>;
Result<ImageStep> imageStepOf(const nn_call &call, const std::vector<int64_t> &shape,
                              const std::string &dataSet);

// (value - mean) / deviation of the record itself; a constant record becomes 0.
Doubles standardized(const Doubles &record);

} // namespace nnrt

#endif
