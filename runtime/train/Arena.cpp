// Mapped rather than taken from the heap: pages come zeroed, aligned and, where the system can, large.
#include "runtime/train/Arena.h"
#include "runtime/base/Text.h"

#include <algorithm>
#include <cstring>
#include <sys/mman.h>

using namespace nnrt;

namespace {

template <class T> T load(const uint8_t *from) {
  T value;
  memcpy(&value, from, sizeof value);
  return value;
}
template <class T> void store(uint8_t *to, T value) { memcpy(to, &value, sizeof value); }

template <class T> void storeAs(uint32_t dtype, uint8_t *to, T value) {
  switch (dtype) {
  case NN_F32:
    return store(to, float(value));
  case NN_F64:
    return store(to, double(value));
  case NN_I32:
    return store(to, int32_t(value));
  default:
    return store(to, int64_t(value));
  }
}

} // namespace

int64_t nnrt::elementCount(const nn_tensor &tensor) {
  int64_t count = 1;
  for (uint32_t axis = 0; axis < tensor.rank; ++axis)
    if (tensor.shape[axis] >= 0)
      count *= tensor.shape[axis];
  return count;
}

std::vector<int64_t> nnrt::shapeOf(const nn_tensor &tensor) {
  return std::vector<int64_t>(tensor.shape, tensor.shape + tensor.rank);
}

size_t nnrt::bytesOf(uint32_t dtype) { return dtype == NN_F32 || dtype == NN_I32 ? 4 : 8; }

void Arena::Unmap::operator()(uint8_t *memory) const { munmap(memory, bytes); }

Result<Arena> Arena::create(const nn_program &program) {
  size_t bytes = std::max<size_t>(program.arena_bytes, 1);
  void *memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    return usageError("the system does not give the " + byteCount(bytes) +
                      " of memory that the program needs");
  (void)madvise(memory, bytes, MADV_HUGEPAGE);
  return Arena(static_cast<uint8_t *>(memory), bytes, program.persistent_bytes);
}

void Arena::writeInteger(const nn_tensor &scalar, int64_t value) {
  if (scalar.bytes)
    storeAs(scalar.dtype, at(scalar), value);
}

void Arena::writeNumber(const nn_tensor &tensor, double value, int64_t index) {
  if (tensor.bytes)
    storeAs(tensor.dtype, at(tensor) + size_t(index) * bytesOf(tensor.dtype), value);
}

double Arena::number(const nn_tensor &tensor, int64_t index) const {
  const uint8_t *from = memory.get() + tensor.offset + size_t(index) * bytesOf(tensor.dtype);
  switch (tensor.dtype) {
  case NN_F32:
    return load<float>(from);
  case NN_F64:
    return load<double>(from);
  case NN_I32:
    return load<int32_t>(from);
  default:
    return double(load<int64_t>(from));
  }
}

std::string Arena::numberText(const nn_tensor &tensor, int64_t index) const {
  const uint8_t *from = memory.get() + tensor.offset + size_t(index) * bytesOf(tensor.dtype);
  switch (tensor.dtype) {
  case NN_F32:
    return shortest(load<float>(from));
  case NN_F64:
    return shortest(load<double>(from));
  case NN_I32:
    return std::to_string(load<int32_t>(from));
  default:
    return std::to_string(load<int64_t>(from));
  }
}

void Arena::takeSnapshot() { snapshot.assign(memory.get(), memory.get() + persistentBytes); }

void Arena::restoreSnapshot() {
  if (!snapshot.empty())
    memcpy(memory.get(), snapshot.data(), snapshot.size());
}
