// What all timers share: the median time of a call, in ms. A clock is a function that tells ms.
#ifndef NN_BENCH_MEDIAN_H
#define NN_BENCH_MEDIAN_H

#include <algorithm>
#include <chrono>
#include <ctime>
#include <vector>

namespace nnbench {

inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

inline double wallClock() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// What this thread has worked: while others have the core it stands still.
inline double threadClock() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * double(now.tv_sec) + 1e-6 * double(now.tv_nsec);
}

// Calls call(i) for i from 0 to count - 1; `count` is at least 1.
template <typename Call> double medianTime(int count, Call call, double (*clock)() = wallClock) {
  std::vector<double> times;
  for (int i = 0; i < count; ++i) {
    double start = clock();
    call(i);
    times.push_back(clock() - start);
  }
  return median(times);
}

} // namespace nnbench
#endif
