// What the kernels of a step that ran with NN_WATCH_TIME took.
#ifndef NN_RUNTIME_ABI_MARK_H
#define NN_RUNTIME_ABI_MARK_H

#include "runtime/abi/Program.h"

#include <array>
#include <vector>

namespace nnrt {

// Forgets what was measured.
void resetMarks();
// The time up to the next mark begins now.
void beginMarks();
// Nanoseconds by nn_stage.
using StageTimes = std::array<int64_t, NN_STAGES>;
// By index of the mark, as many as nn_program.check_count, and behind them those of -1.
const std::vector<StageTimes> &markedTimes();

} // namespace nnrt

#endif
