// Memory that grows in place or by moving its pages, so that its content is never there twice.
#ifndef NN_RUNTIME_BASE_GROWINGMEMORY_H
#define NN_RUNTIME_BASE_GROWINGMEMORY_H

#include "runtime/base/Result.h"

#include <cstdint>

namespace nnrt {

class GrowingMemory {
public:
  GrowingMemory() = default;
  GrowingMemory(GrowingMemory &&other) noexcept;
  GrowingMemory &operator=(GrowingMemory &&other) noexcept;
  ~GrowingMemory();

  uint8_t *data() { return start; }
  // At least so many bytes; new ones are zero. They are only taken when they are touched.
  Status reach(size_t bytes);
  // No more than about so many; the rest goes back to the system.
  void shrink(size_t bytes);

private:
  uint8_t *start = nullptr;
  size_t capacity = 0;
};

} // namespace nnrt

#endif
