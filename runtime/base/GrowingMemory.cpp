// mremap moves pages in the page table, not their bytes.
#include "runtime/base/GrowingMemory.h"
#include "runtime/base/Text.h"

#include <algorithm>
#include <sys/mman.h>
#include <utility>

using namespace nnrt;

namespace {
constexpr size_t pageBytes = 4096, muchMemory = size_t(16) << 20;
size_t wholePages(size_t bytes) { return (bytes + pageBytes - 1) / pageBytes * pageBytes; }

// Much memory is asked for in large pages, of which few are faulted in; little is not, as it may never be
// used up to its end.
void preferLargePages(void *memory, size_t bytes) {
  if (bytes < muchMemory)
    return;
  uintptr_t first = wholePages(uintptr_t(memory)), last = (uintptr_t(memory) + bytes) / pageBytes * pageBytes;
  (void)madvise(reinterpret_cast<void *>(first), last - first, MADV_HUGEPAGE);
}

} // namespace

GrowingMemory::GrowingMemory(GrowingMemory &&other) noexcept
    : start(std::exchange(other.start, nullptr)), capacity(std::exchange(other.capacity, 0)) {}

GrowingMemory &GrowingMemory::operator=(GrowingMemory &&other) noexcept {
  std::swap(start, other.start);
  std::swap(capacity, other.capacity);
  return *this;
}

GrowingMemory::~GrowingMemory() {
  if (start)
    munmap(start, capacity);
}

Status GrowingMemory::reach(size_t bytes) {
  if (bytes <= capacity)
    return Done{};
  size_t larger = wholePages(std::max(bytes, capacity * 2));
  void *memory = start ? mremap(start, capacity, larger, MREMAP_MAYMOVE)
                       : mmap(nullptr, larger, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    return dataError("the system does not give the " + byteCount(larger) +
                     " of memory that the records need");
  start = static_cast<uint8_t *>(memory);
  capacity = larger;
  preferLargePages(start, capacity);
  return Done{};
}

void GrowingMemory::shrink(size_t bytes) {
  size_t smaller = std::max(wholePages(bytes), pageBytes);
  if (smaller >= capacity)
    return;
  munmap(start + smaller, capacity - smaller);
  capacity = smaller;
}
