// Times the entries of a compiled program in process, on records in memory: linked with the program's object
// and the runtime, in place of the runtime's main. Each line on stdin is a number of calls, each line on
// stdout the answer.
//   PROGRAM train THREADS
//     first prints the number of parameters; a line begins a training anew; the answer is the median time of
//     a step in ms, the last loss, and the process's peak memory in KiB
//   PROGRAM sealed STEPS
//     runs steps on one thread that the kernel kills at any system call but read, write and exit; says so on
//     stdout
//   PROGRAM predict THREADS ROWS WEIGHTS INPUT OUTPUT
//     first writes what it predicts for INPUT (numbers of one field, ROWS records) into OUTPUT; the answer is
//     the median time in ms
#include "bench/Median.h"
#include "runtime/base/ThreadPool.h"
#include "runtime/train/Arena.h"
#include "runtime/train/Weights.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace nnrt;

namespace {

const nn_program &program = nn_program_descriptor;

[[noreturn]] void fail(const std::string &message) {
  std::fprintf(stderr, "bench harness: %s\n", message.c_str());
  std::exit(1);
}

int64_t parameterCount() {
  int64_t count = 0;
  for (uint32_t i = 0; i < program.parameter_count; ++i)
    count += elementCount(program.parameters[i]);
  return count;
}

long peakMemory() {
  long kibibytes = 0;
  char line[128];
  std::FILE *status = std::fopen("/proc/self/status", "r");
  while (status && std::fgets(line, sizeof line, status))
    if (std::sscanf(line, "VmHWM: %ld", &kibibytes) == 1)
      break;
  if (status)
    std::fclose(status);
  return kibibytes;
}

void fillField(Arena &arena, const nn_field &field, std::mt19937 &random) {
  if (!field.input.bytes)
    return;
  std::uniform_real_distribution<float> value(0, 1);
  int64_t count = program.batch * elementCount(field.input);
  for (int64_t i = 0; i < count; ++i) {
    uint8_t *at = arena.at(field.input) + 4 * i;
    if (field.classes)
      *reinterpret_cast<int32_t *>(at) = int32_t(random() % uint32_t(field.classes));
    else
      *reinterpret_cast<float *>(at) = value(random);
  }
}

void fillRecords(Arena &arena, const nn_data &data) {
  std::mt19937 random(7);
  for (uint32_t i = 0; i < data.field_count; ++i)
    fillField(arena, data.fields[i], random);
  for (int64_t row = 0; data.ids.bytes && row < program.batch; ++row)
    reinterpret_cast<int64_t *>(arena.at(data.ids))[row] = row;
}

void train(Arena &arena) {
  const nn_train &train = program.trains[0];
  std::printf("%lld\n", static_cast<long long>(parameterCount()));
  std::fflush(stdout);
  char line[32];
  while (std::fgets(line, sizeof line, stdin)) {
    program.init(arena.data(), train.batch, 0);
    double time = nnbench::medianTime(std::max(std::atoi(line), 1), [&](int i) {
      arena.writeInteger(program.step, i + 1);
      train.step(arena.data(), train.batch, 0);
    });
    std::printf("%.6f %.6g %ld\n", time, arena.number(train.terms[0].value), peakMemory());
    std::fflush(stdout);
  }
}

[[noreturn]] void trainSealed(Arena &arena, int steps) {
  const nn_train &train = program.trains[0];
  program.init(arena.data(), train.batch, 0);
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0)
    fail("the kernel does not seal");
  for (int i = 0; i < steps; ++i) {
    arena.writeInteger(program.step, i + 1);
    train.step(arena.data(), train.batch, 0);
  }
  const char message[] = "no system call\n";
  bool written = write(STDOUT_FILENO, message, sizeof message - 1) > 0;
  syscall(SYS_exit, written ? 0 : 1); // the C library's exit makes another call
  __builtin_unreachable();
}

const nn_field &inputField() {
  const nn_data &data = program.data[program.predict_data];
  for (uint32_t i = 0; i < data.field_count; ++i)
    if (!data.fields[i].classes)
      return data.fields[i];
  fail("the program has no field of numbers");
}

void readInput(Arena &arena, const char *path, int64_t rows) {
  const nn_tensor &input = inputField().input;
  size_t count = size_t(rows * elementCount(input));
  std::FILE *file = std::fopen(path, "rb");
  if (!file || std::fread(arena.at(input), sizeof(float), count, file) != count)
    fail(std::string("cannot read ") + path);
  std::fclose(file);
}

void writeOutput(Arena &arena, const char *path, int64_t rows) {
  const nn_tensor &output = program.outputs[0].value;
  size_t count = size_t(rows * elementCount(output));
  std::FILE *file = std::fopen(path, "wb");
  if (!file || std::fwrite(arena.at(output), sizeof(float), count, file) != count || std::fclose(file))
    fail(std::string("cannot write ") + path);
}

void predict(Arena &arena, int64_t rows, const char *weights, const char *input, const char *output) {
  if (!program.predict || rows < 1 || rows > program.batch)
    fail("the program does not predict for so many records");
  if (Status loaded = loadWeights(weights, program, arena, nullptr); !loaded)
    fail(loaded.error().message);
  readInput(arena, input, rows);
  if (program.fold)
    program.fold(arena.data(), rows, 0);
  program.predict(arena.data(), rows, 0);
  writeOutput(arena, output, rows);
  char line[32];
  while (std::fgets(line, sizeof line, stdin)) {
    std::printf("%.6f\n", nnbench::medianTime(std::max(std::atoi(line), 1),
                                              [&](int) { program.predict(arena.data(), rows, 0); }));
    std::fflush(stdout);
  }
}

// Scalars and records of a training, or of a prediction.
Arena prepared(bool isTraining) {
  Result<Arena> arena = Arena::create(program);
  if (!arena)
    fail(arena.error().message);
  for (const nn_tensor *scalar : {&program.seed, &program.step, &program.epoch, &program.epochs})
    arena->writeInteger(*scalar, 1);
  arena->writeInteger(program.steps, 1000);
  for (uint32_t i = 0; i < program.hyper_count; ++i)
    if (!program.hypers[i].compiled)
      arena->writeNumber(program.hypers[i].slot, program.hypers[i].value);
  fillRecords(*arena, program.data[isTraining ? program.trains[0].data : program.predict_data]);
  return std::move(*arena);
}

} // namespace

int main(int count, char **arguments) {
  std::string mode = count > 2 ? arguments[1] : "";
  bool isTraining = (mode == "train" || mode == "sealed") && count == 3;
  if (program.dtype != NN_F32 || (!isTraining && !(mode == "predict" && count == 7)))
    fail("usage: train THREADS | predict THREADS ROWS WEIGHTS INPUT OUTPUT | sealed STEPS, of a program in "
         "f32");
  Arena arena = prepared(isTraining);
  int number = std::atoi(arguments[2]);
  if (mode == "sealed")
    trainSealed(arena, number);
  setThreadCount(number);
  if (isTraining)
    train(arena);
  else
    predict(arena, std::atoi(arguments[3]), arguments[4], arguments[5], arguments[6]);
  return 0;
}
