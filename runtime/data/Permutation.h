// Orders that are functions of a key.
#ifndef NN_RUNTIME_DATA_PERMUTATION_H
#define NN_RUNTIME_DATA_PERMUTATION_H

#include "runtime/base/Philox.h"

#include <vector>

namespace nnrt {

// A random permutation of [0, count).
std::vector<int64_t> permutation(int64_t count, KeyedRandom random);
// The image of one number under a random permutation of [0, count), another one, without making the list.
int64_t permuted(int64_t number, int64_t count, KeyedRandom random);

} // namespace nnrt

#endif
