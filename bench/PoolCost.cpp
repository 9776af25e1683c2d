// What a parallel region costs beyond its work: the time of a region of two equal chunks on two threads less
// that of one chunk. Prints a JSON object, in microseconds.
#include "bench/Median.h"
#include "runtime/base/ThreadPool.h"

#include <cstdio>

using namespace nnbench;

namespace {

constexpr int turns = 2000, regionsPerTurn = 20;
constexpr int additions = 4000; // some microseconds, as a small layer has

struct alignas(128) Sum {
  volatile float value = 0;
};

void work(Sum &sum) {
  for (int i = 0; i < additions; ++i)
    sum.value = sum.value + 1;
}

} // namespace

int main() {
  Sum sums[2];
  nnrt::setThreadCount(2);
  auto regions = [&](int) {
    for (int i = 0; i < regionsPerTurn; ++i)
      nnrt::parallelChunks(2, [&](int64_t chunk) { work(sums[chunk]); });
  };
  auto alone = [&](int) {
    for (int i = 0; i < regionsPerTurn; ++i)
      work(sums[0]);
  };
  double together = medianTime(turns, regions), one = medianTime(turns, alone);
  std::printf("{\"chunk_us\": %.3f, \"region_us\": %.3f}\n", 1e3 * one / regionsPerTurn,
              1e3 * (together - one) / regionsPerTurn);
  return 0;
}
