// Records that are there more than once, in one part or in several.
#ifndef NN_RUNTIME_DATA_REPORT_REPEATS_H
#define NN_RUNTIME_DATA_REPORT_REPEATS_H

#include "runtime/data/AllParts.h"

namespace nnrt {

struct Repeats {
  int64_t duplicates = 0; // records equal to one before in the fields read
  // Of validation and test together: records that the training part has too.
  int64_t leaked = 0;
};

// By fingerprints of 128 bits of the raw values: two different records of a billion share one with a chance
// below 1e-20.
Repeats repeatsOf(const std::vector<Part> &parts);

} // namespace nnrt

#endif
