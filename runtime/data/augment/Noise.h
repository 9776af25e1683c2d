// Normal numbers by the thousand, for noise: each is a function of its key and place, like all random numbers
// here, but made from 12 bits of it, so that four words of Philox give eight.
#ifndef NN_RUNTIME_DATA_AUGMENT_NOISE_H
#define NN_RUNTIME_DATA_AUGMENT_NOISE_H

#include "runtime/base/Philox.h"

namespace nnrt {

// values[i] += sd * normal(i). The normal numbers take 4,096 values, symmetric, of mean 0 and deviation 1, at
// most 3.8 in size. 64 values come from eight elements, `first + i / 64 * 8` and those after it: of each of
// their words in turn first the upper half, then the lower one, of all eight.
template <class T> void addNoise(T *values, int64_t count, const KeyedRandom &key, uint32_t first, double sd);

} // namespace nnrt

#endif
