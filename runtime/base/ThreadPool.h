// The one thread pool of the program: fork-join over numbered chunks, spinning for a short while between two
// joins before it sleeps, and background work in between. Which thread runs a chunk is free, so results must
// depend on the chunk only.
#ifndef NN_RUNTIME_BASE_THREADPOOL_H
#define NN_RUNTIME_BASE_THREADPOOL_H

#include <cstdint>

namespace nnrt {

constexpr int64_t maxThreads = 1024;

// Cores that this process may run on.
int64_t availableCores();

// The number of threads that later parallel regions use, the calling one included. Without a call it is 1.
// When the system refuses a thread, the pool goes on with those it has.
void setThreadCount(int64_t threads);
int64_t threadCount();

using ChunkBody = void (*)(void *context, int64_t chunk);
void parallelFor(ChunkBody body, void *context, int64_t chunks);

// The same for a callable.
template <class Body> void parallelChunks(int64_t chunks, const Body &body) {
  parallelFor([](void *context, int64_t chunk) { (*static_cast<const Body *>(context))(chunk); },
              const_cast<Body *>(&body), chunks);
}

// Work beside later parallel regions: its chunks, fewer than 2^31, are for threads of the pool that find no
// chunk of a region. A second one begins when the first is finished.
void startBackground(ChunkBody body, void *context, int64_t chunks);
// Helps with what is left of it, and returns when all is done.
void finishBackground();

} // namespace nnrt

#endif
