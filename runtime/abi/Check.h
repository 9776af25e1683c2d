// What a step that ran with checks has found.
#ifndef NN_RUNTIME_ABI_CHECK_H
#define NN_RUNTIME_ABI_CHECK_H

#include <cstdint>

namespace nnrt {

void resetChecks();
// Index of the first layer that gave NaN or infinity since the reset, or -1.
int64_t firstFailedCheck();

} // namespace nnrt

#endif
