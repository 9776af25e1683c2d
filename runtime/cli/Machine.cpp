// Processor and memory.
#include "runtime/cli/Machine.h"
#include "runtime/base/CpuFeatures.h"
#include "runtime/base/Memory.h"
#include "runtime/base/Text.h"

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

Status checkMemory(const nn_program &program, Command command, uint64_t records) {
  uint64_t needed = memoryNeeded(program, command);
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

} // namespace

// Optimizer state lies in the arena but is touched by training only, which also keeps a copy of what persists
// to come back to.
uint64_t nnrt::memoryNeeded(const nn_program &program, Command command) {
  if (!callsEntries(command))
    return 0;
  if (command == Command::train)
    return program.arena_bytes + program.persistent_bytes;
  uint64_t bytes = program.arena_bytes;
  for (uint32_t i = 0; i < program.optimizer_count; ++i)
    bytes -= program.optimizer[i].bytes;
  return bytes;
}

Status nnrt::checkMachine(const nn_program &program, Command command, std::optional<uint64_t> records) {
  if (!callsEntries(command))
    return Done{};
  NNRT_TRY(checkProcessor(program));
  return checkMemory(program, command, records.value_or(0));
}
