// Claiming a chunk is one compare-and-swap on (generation, chunks left). A worker that comes late sees
// another generation or nothing left, so a join waits for running chunks only, never for a thread that has
// not woken up.
#include "runtime/base/ThreadPool.h"
#include "runtime/abi/Program.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <pthread.h>
#include <sched.h>
#include <vector>

using namespace nnrt;

namespace {

constexpr int spins = 4000;
constexpr int64_t chunksPerJob = int64_t(1) << 31;

void pauseBriefly() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#else
  sched_yield();
#endif
}

// True on the pool's workers and inside a job: a nested region runs where it is.
thread_local bool insideJob = false;

// Numbered chunks that any thread may claim.
class Job {
public:
  // Every chunk of the one before must be done.
  void publish(ChunkBody newBody, void *newContext, int64_t first, int64_t chunks) {
    body.store(newBody, std::memory_order_relaxed);
    context.store(newContext, std::memory_order_relaxed);
    offset.store(first, std::memory_order_relaxed);
    completed.store(0, std::memory_order_relaxed);
    size = chunks;
    uint64_t generation = (claims.load(std::memory_order_relaxed) >> 32) + 1;
    claims.store(generation << 32 | uint64_t(chunks), std::memory_order_seq_cst);
  }

  bool runOneChunk() {
    uint64_t seen = claims.load(std::memory_order_acquire);
    while (uint32_t(seen) != 0) {
      // Read before the claim: they belong to `seen` if the claim succeeds, because the next job is
      // published only after every chunk of this one was claimed.
      ChunkBody claimedBody = body.load(std::memory_order_relaxed);
      void *claimedContext = context.load(std::memory_order_relaxed);
      int64_t chunk = offset.load(std::memory_order_relaxed) + uint32_t(seen) - 1;
      if (claims.compare_exchange_weak(seen, seen - 1, std::memory_order_acq_rel)) {
        claimedBody(claimedContext, chunk);
        completed.fetch_add(1, std::memory_order_release);
        return true;
      }
    }
    return false;
  }

  bool hasChunksLeft() const { return uint32_t(claims.load(std::memory_order_seq_cst)) != 0; }

  // Takes part until all chunks are done.
  void finish() {
    insideJob = true;
    while (runOneChunk()) {
    }
    insideJob = false;
    for (int spin = 0; completed.load(std::memory_order_acquire) != size; ++spin)
      spin < spins ? pauseBriefly() : (void)sched_yield();
  }

private:
  std::atomic<uint64_t> claims{0}; // generation in the high half, chunks left in the low half
  std::atomic<ChunkBody> body{nullptr};
  std::atomic<void *> context{nullptr};
  std::atomic<int64_t> offset{0};
  std::atomic<int64_t> completed{0};
  int64_t size = 0; // known to the publishing thread
};

class Pool {
public:
  ~Pool() { resize(1); }

  void resize(int64_t threads) {
    background.finish();
    stopWorkers();
    stopping = false;
    for (int64_t i = 1; i < threads; ++i) {
      pthread_t thread;
      if (pthread_create(&thread, nullptr, &Pool::enter, this) != 0)
        break;
      workers.push_back(thread);
    }
  }

  int64_t size() const { return int64_t(workers.size()) + 1; }

  void run(ChunkBody body, void *context, int64_t first, int64_t chunks) {
    region.publish(body, context, first, chunks);
    wakeSleepers();
    region.finish();
  }

  void start(ChunkBody body, void *context, int64_t chunks) {
    background.finish();
    background.publish(body, context, 0, chunks);
    wakeSleepers();
  }

  void finish() { background.finish(); }

private:
  static void *enter(void *pool) {
    insideJob = true;
    static_cast<Pool *>(pool)->work();
    return nullptr;
  }

  bool workLeft() const { return region.hasChunksLeft() || background.hasChunksLeft(); }

  void work() {
    while (!stopping.load(std::memory_order_acquire)) {
      if (region.runOneChunk() || background.runOneChunk())
        continue;
      int spin = 0;
      while (spin < spins && !workLeft() && !stopping.load(std::memory_order_relaxed)) {
        pauseBriefly();
        ++spin;
      }
      if (spin == spins)
        sleepUntilWork();
    }
  }

  void sleepUntilWork() {
    std::unique_lock<std::mutex> lock(mutex);
    sleepers.fetch_add(1, std::memory_order_seq_cst);
    wake.wait(lock, [&] { return workLeft() || stopping; });
    sleepers.fetch_sub(1, std::memory_order_seq_cst);
  }

  void wakeSleepers() {
    if (sleepers.load(std::memory_order_seq_cst) == 0)
      return;
    std::lock_guard<std::mutex> lock(mutex);
    wake.notify_all();
  }

  void stopWorkers() {
    {
      std::lock_guard<std::mutex> lock(mutex);
      stopping = true;
      wake.notify_all();
    }
    for (pthread_t thread : workers)
      pthread_join(thread, nullptr);
    workers.clear();
  }

  std::vector<pthread_t> workers;
  std::atomic<bool> stopping{false};
  Job region, background;
  std::atomic<int> sleepers{0};
  std::mutex mutex;
  std::condition_variable wake;
};

Pool &pool() {
  static Pool instance;
  return instance;
}

} // namespace

int64_t nnrt::availableCores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) != 0)
    return 1;
  return std::max(1, CPU_COUNT(&set));
}

void nnrt::setThreadCount(int64_t threads) { pool().resize(std::clamp<int64_t>(threads, 1, maxThreads)); }

int64_t nnrt::threadCount() { return pool().size(); }

void nnrt::parallelFor(ChunkBody body, void *context, int64_t chunks) {
  if (insideJob || chunks <= 1 || threadCount() == 1) {
    for (int64_t chunk = 0; chunk < chunks; ++chunk)
      body(context, chunk);
    return;
  }
  for (int64_t first = 0; first < chunks; first += chunksPerJob)
    pool().run(body, context, first, std::min(chunksPerJob, chunks - first));
}

void nnrt::startBackground(ChunkBody body, void *context, int64_t chunks) {
  pool().start(body, context, chunks);
}

void nnrt::finishBackground() { pool().finish(); }

extern "C" void nnrt_parallel_for(void (*body)(void *context, int64_t chunk), void *context, int64_t chunks) {
  nnrt::parallelFor(body, context, chunks);
}
