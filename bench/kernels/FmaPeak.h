// What the machine can do at most: multiply-adds of f32 vectors on registers only.
#ifndef NN_BENCH_KERNELS_FMAPEAK_H
#define NN_BENCH_KERNELS_FMAPEAK_H

#include <cstdint>

namespace nnbench {

// Runs a loop of multiply-adds, of the widest vectors that this machine has, and returns their number of
// floating-point operations (two for each element).
double runMultiplyAdds();

} // namespace nnbench
#endif
