// Processor and memory.
#include "runtime/cli/Machine.h"
#include "runtime/base/CpuFeatures.h"
#include "runtime/base/Memory.h"
#include "runtime/base/Text.h"
#include "runtime/data/BatchFeed.h"

#include <algorithm>

using namespace nnrt;

namespace {

bool callsEntries(Command command) {
  return command == Command::train || command == Command::eval || command == Command::predict;
}

Status checkProcessor(const nn_program &program) {
  std::string list;
  for (const std::string &name : missingFeatures(program.features, program.feature_count))
    list += (list.empty() ? "" : ", ") + name;
  if (list.empty())
    return Done{};
  return usageError(std::string("`") + program.name + "` is compiled for `" + program.cpu +
                    "`, and this machine lacks " + list +
                    ": compile it here without `--mcpu`, or with `--mcpu` of a processor like this one");
}

std::string bytesText(uint64_t bytes) {
  return byteCount(bytes) + " of memory (" + grouped(int64_t(bytes)) + " bytes)";
}

Status checkMemory(const nn_program &program, Command command, int64_t threads, uint64_t records) {
  uint64_t needed = memoryNeeded(program, command, threads);
  std::optional<uint64_t> available = availableMemory();
  if (!available || needed + records <= *available)
    return Done{};
  std::string here =
      "and " + byteCount(*available) + " (" + grouped(int64_t(*available)) + ") are available here";
  if (needed <= *available)
    return usageError(std::string("`") + program.name + "` needs " + bytesText(needed) +
                      ", --memory asks for " + bytesText(records) + " besides, " + here);
  return usageError(std::string("`") + program.name + "` needs " + bytesText(needed) + ", " + here +
                    ": a smaller `batch` or a smaller network needs less");
}

uint64_t inputBytes(const nn_data &data) {
  uint64_t bytes = data.ids.bytes;
  for (uint32_t i = 0; i < data.field_count; ++i)
    bytes += data.fields[i].input.bytes;
  return bytes;
}

// The batch that BatchFeed stages while a step runs, of the training that has the largest.
uint64_t stagedBytes(const nn_program &program) {
  uint64_t largest = 0;
  for (uint32_t i = 0; i < program.train_count; ++i) {
    uint64_t bytes = 0;
    for (const nn_data *data : dataSetsOf(program, program.trains[i]))
      bytes += inputBytes(*data);
    largest = std::max(largest, bytes);
  }
  return largest;
}

} // namespace

// Optimizer state lies in the arena but is touched by training only, which also keeps a copy of what persists
// to come back to.
uint64_t nnrt::memoryNeeded(const nn_program &program, Command command, int64_t threads) {
  if (!callsEntries(command))
    return 0;
  uint64_t bytes = program.arena_bytes;
  if (threads > 1 && command != Command::predict)
    bytes += stagedBytes(program);
  if (command == Command::train)
    return bytes + program.persistent_bytes;
  for (uint32_t i = 0; i < program.optimizer_count; ++i)
    bytes -= program.optimizer[i].bytes;
  return bytes;
}

Status nnrt::checkMachine(const nn_program &program, Command command, int64_t threads,
                          std::optional<uint64_t> records) {
  if (!callsEntries(command))
    return Done{};
  NNRT_TRY(checkProcessor(program));
  return checkMemory(program, command, threads, records.value_or(0));
}
