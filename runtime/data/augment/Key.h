#ifndef NN_RUNTIME_DATA_AUGMENT_KEY_H
#define NN_RUNTIME_DATA_AUGMENT_KEY_H

#include <cstdint>

namespace nnrt {

// Which record of which epoch: what training makes of a record is a function of this.
struct AugmentKey {
  uint64_t seed = 0;
  uint32_t epoch = 0;
  uint64_t record = 0;
};

} // namespace nnrt

#endif
