// Sources and splits of a data set as the program has them.
#ifndef NN_RUNTIME_DATA_CALLTEXT_H
#define NN_RUNTIME_DATA_CALLTEXT_H

#include "runtime/abi/Program.h"

#include <string>
#include <utility>
#include <vector>

namespace nnrt {

// `idx("a", "b")`, `moons(1000, noise: 0.1)`.
std::string callText(const nn_call &call);

// What each split is made of: `train` and its source, `test` and `10% of train`; with a `partition` the
// `source` and what the `parts` are.
std::vector<std::pair<std::string, std::string>> splitTexts(const nn_data &data);

} // namespace nnrt

#endif
