// Every chunk runs once, whatever the number of threads, also when jobs follow each other closely.
#include "runtime/base/ThreadPool.h"
#include "test/runtime/Support.h"

#include <atomic>
#include <unistd.h>

using namespace nnrt;

namespace {
struct Threads {
  explicit Threads(int64_t count) { setThreadCount(count); }
  ~Threads() { setThreadCount(1); }
};
} // namespace

TEST(ThreadPool, RunsEveryChunkOnce) {
  for (int64_t threads : {1, 2, 5}) {
    Threads guard(threads);
    EXPECT_EQ(threadCount(), threads);
    for (int64_t chunks : {0, 1, 2, 7, 1000}) {
      std::vector<std::atomic<int>> runs(static_cast<size_t>(chunks));
      parallelChunks(chunks, [&](int64_t chunk) { ++runs[size_t(chunk)]; });
      for (auto &count : runs)
        EXPECT_EQ(count, 1);
    }
  }
}

TEST(ThreadPool, JobsInQuickSuccessionDoNotMix) {
  Threads guard(4);
  for (int job = 0; job < 20000; ++job) {
    int64_t chunks = 1 + job % 9;
    std::atomic<int64_t> sum{0};
    parallelChunks(chunks, [&](int64_t chunk) { sum += chunk + 1; });
    ASSERT_EQ(sum, chunks * (chunks + 1) / 2);
  }
}

TEST(ThreadPool, WakesUpAfterSleeping) {
  Threads guard(3);
  for (int job = 0; job < 5; ++job) {
    usleep(20000);
    std::atomic<int> count{0};
    parallelChunks(16, [&](int64_t) { ++count; });
    EXPECT_EQ(count, 16);
  }
}

TEST(ThreadPool, NestedRegionRunsInPlace) {
  Threads guard(3);
  std::atomic<int> count{0};
  parallelChunks(4, [&](int64_t) { parallelChunks(5, [&](int64_t) { ++count; }); });
  EXPECT_EQ(count, 20);
}

TEST(ThreadPool, AbiCallUsesThePool) {
  Threads guard(2);
  std::atomic<int64_t> sum{0};
  nnrt_parallel_for(
      [](void *context, int64_t chunk) { *static_cast<std::atomic<int64_t> *>(context) += chunk; }, &sum, 10);
  EXPECT_EQ(sum, 45);
}
