// Times training steps of a compiled program without its data: linked with the program's object in place of
// the runtime's main. For each line on stdin it runs as many steps as the line says and prints the median in
// ms.
#include "runtime/abi/Program.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <vector>

namespace {

uint8_t *arena;

void setLong(const nn_tensor &tensor, int64_t value) {
  std::memcpy(arena + tensor.offset, &value, sizeof value);
}

uint64_t elementCount(const nn_tensor &tensor, int64_t rows) {
  uint64_t count = 1;
  for (uint32_t axis = 0; axis < tensor.rank; ++axis)
    count *= static_cast<uint64_t>(tensor.shape[axis] < 0 ? rows : tensor.shape[axis]);
  return count;
}

void fillField(const nn_field &field, int64_t rows, std::mt19937 &random) {
  std::uniform_real_distribution<float> value(0, 1);
  uint64_t count = elementCount(field.input, rows);
  for (uint64_t i = 0; i < count; ++i) {
    if (field.classes)
      reinterpret_cast<int32_t *>(arena + field.input.offset)[i] =
          static_cast<int32_t>(random() % field.classes);
    else
      reinterpret_cast<float *>(arena + field.input.offset)[i] = value(random);
  }
}

void prepare(const nn_program &program, const nn_train &train) {
  const nn_data &data = program.data[train.data];
  setLong(program.seed, 1);
  setLong(program.steps, 1000);
  setLong(program.epoch, 1);
  setLong(program.epochs, 1);
  for (uint32_t i = 0; i < program.hyper_count; ++i)
    if (!program.hypers[i].compiled)
      *reinterpret_cast<float *>(arena + program.hypers[i].slot.offset) =
          static_cast<float>(program.hypers[i].value);
  program.init(arena, train.batch, 0);
  std::mt19937 random(7);
  for (uint32_t i = 0; i < data.field_count; ++i)
    fillField(data.fields[i], train.batch, random);
  for (int64_t row = 0; row < train.batch; ++row)
    reinterpret_cast<int64_t *>(arena + data.ids.offset)[row] = row;
}

double timeSteps(const nn_program &program, const nn_train &train, int count) {
  static int64_t step = 0;
  std::vector<double> times;
  for (int i = 0; i < count; ++i) {
    setLong(program.step, ++step);
    auto start = std::chrono::steady_clock::now();
    train.step(arena, train.batch, 0);
    times.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

} // namespace

int main() {
  const nn_program &program = nn_program_descriptor;
  if (program.dtype != NN_F32 || program.train_count == 0)
    return 2;
  arena = static_cast<uint8_t *>(std::aligned_alloc(NN_ARENA_ALIGNMENT, program.arena_bytes));
  std::memset(arena, 0, program.arena_bytes);
  prepare(program, program.trains[0]);
  char line[32];
  while (std::fgets(line, sizeof line, stdin)) {
    std::printf("%.6f\n", timeSteps(program, program.trains[0], std::atoi(line)));
    std::fflush(stdout);
  }
  return 0;
}
