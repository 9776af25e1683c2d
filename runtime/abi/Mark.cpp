// nnrt_mark: entries run on one thread, which waits for the kernels' others.
#include "runtime/abi/Mark.h"

#include <chrono>

namespace {

using Clock = std::chrono::steady_clock;

std::vector<nnrt::StageTimes> times;
Clock::time_point last;

} // namespace

void nnrt::resetMarks() { times.assign(nn_program_descriptor.check_count + 1, {}); }
void nnrt::beginMarks() { last = Clock::now(); }
const std::vector<nnrt::StageTimes> &nnrt::markedTimes() { return times; }

extern "C" void nnrt_mark(int64_t index, int32_t stage) {
  Clock::time_point now = Clock::now();
  size_t place = index < 0 ? times.size() - 1 : size_t(index);
  times[place][size_t(stage)] += std::chrono::duration_cast<std::chrono::nanoseconds>(now - last).count();
  last = now;
}
