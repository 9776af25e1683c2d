// nnrt_check: layers are checked in order of application, so the first failure is where the damage began.
#include "runtime/abi/Check.h"
#include "runtime/abi/Program.h"

#include <atomic>
#include <cmath>

namespace {

std::atomic<int64_t> failed{-1};

template <class T> bool allFinite(const T *values, int64_t count) {
  for (int64_t i = 0; i < count; ++i)
    if (!std::isfinite(values[i]))
      return false;
  return true;
}

} // namespace

void nnrt::resetChecks() { failed = -1; }
int64_t nnrt::firstFailedCheck() { return failed; }

extern "C" void nnrt_check(int64_t index, const void *values, int64_t count) {
  bool finite = nn_program_descriptor.dtype == NN_F32 ? allFinite(static_cast<const float *>(values), count)
                                                      : allFinite(static_cast<const double *>(values), count);
  int64_t none = -1;
  if (!finite)
    failed.compare_exchange_strong(none, index);
}
