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

TEST(ThreadPool, BackgroundWorkIsDoneOnceBesideRegions) {
  for (int64_t threads : {1, 2, 4}) {
    Threads guard(threads);
    for (int job = 0; job < 2000; ++job) {
      int64_t chunks = job % 7;
      std::atomic<int64_t> background{0}, sum{0};
      startBackground(
          [](void *context, int64_t chunk) { *static_cast<std::atomic<int64_t> *>(context) += chunk + 1; },
          &background, chunks);
      for (int region = 0; region < job % 4; ++region)
        parallelChunks(5, [&](int64_t chunk) { sum += chunk; });
      finishBackground();
      ASSERT_EQ(background, chunks * (chunks + 1) / 2);
      ASSERT_EQ(sum, 10 * (job % 4));
    }
  }
}

// A thread that is free takes it while the region's own chunks are still running.
TEST(ThreadPool, IdleThreadsTakeBackgroundWork) {
  Threads guard(2);
  std::atomic<bool> done{false};
  startBackground([](void *context, int64_t) { *static_cast<std::atomic<bool> *>(context) = true; }, &done,
                  1);
  for (int wait = 0; wait < 5000 && !done; ++wait)
    usleep(1000);
  EXPECT_TRUE(done);
  finishBackground();
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
