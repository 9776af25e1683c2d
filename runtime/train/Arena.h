// The memory of a compiled program: one allocation that holds every tensor, with typed access to its scalars.
#ifndef NN_RUNTIME_TRAIN_ARENA_H
#define NN_RUNTIME_TRAIN_ARENA_H

#include "runtime/abi/Program.h"
#include "runtime/base/Result.h"

#include <memory>
#include <string>
#include <vector>

namespace nnrt {

int64_t elementCount(const nn_tensor &tensor);
std::vector<int64_t> shapeOf(const nn_tensor &tensor);
size_t bytesOf(uint32_t dtype);

class Arena {
public:
  // Zeroed, aligned to NN_ARENA_ALIGNMENT.
  static Result<Arena> create(const nn_program &program);

  uint8_t *data() { return memory.get(); }
  uint8_t *at(const nn_tensor &tensor) { return memory.get() + tensor.offset; }

  // An element, in the type of its tensor. A tensor without storage is left out by the compiler.
  void writeInteger(const nn_tensor &scalar, int64_t value);
  void writeNumber(const nn_tensor &tensor, double value, int64_t index = 0);
  double number(const nn_tensor &tensor, int64_t index = 0) const;
  // The digits that read back to the same bits in the tensor's type.
  std::string numberText(const nn_tensor &tensor, int64_t index = 0) const;

  // Parameters, state and optimizer state, kept to come back to.
  void takeSnapshot();
  void restoreSnapshot();

private:
  struct Unmap {
    size_t bytes;
    void operator()(uint8_t *memory) const;
  };
  Arena(uint8_t *memory, size_t bytes, size_t persistentBytes)
      : memory(memory, Unmap{bytes}), persistentBytes(persistentBytes) {}

  std::unique_ptr<uint8_t, Unmap> memory;
  size_t persistentBytes;
  std::vector<uint8_t> snapshot;
};

} // namespace nnrt

#endif
