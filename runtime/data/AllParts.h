// Every part of a data set at once, to look at.
#ifndef NN_RUNTIME_DATA_ALLPARTS_H
#define NN_RUNTIME_DATA_ALLPARTS_H

#include "runtime/data/Split.h"

namespace nnrt {

// All parts that there are, in the order train, validation, test. Each source is read once.
struct Part {
  SplitName name;
  Split split;
};
Result<std::vector<Part>> loadParts(const nn_data &data, ReadContext &context);

} // namespace nnrt

#endif
