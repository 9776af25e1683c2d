// What reading took out or filled in because the program asks for it, for people to see.
#ifndef NN_RUNTIME_DATA_CLEANING_H
#define NN_RUNTIME_DATA_CLEANING_H

#include <cstdint>

namespace nnrt {

struct Cleaning {
  int64_t missingDropped = 0;    // rows left out by `missing(drop)`
  int64_t duplicatesDropped = 0; // rows left out by `duplicates = drop`
  int64_t carried = 0;           // cells that `missing(forward)` has filled
};

} // namespace nnrt

#endif
