// From the command line to an exit code: chooses the command, prints its error, and turns what the C++
// library may still throw (no memory) into an exit code.
#include "runtime/base/Memory.h"
#include "runtime/base/ThreadPool.h"
#include "runtime/cli/Commands.h"
#include "runtime/cli/Machine.h"
#include "runtime/cli/Output.h"
#include "runtime/data/RecordStore.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

using namespace nnrt;

namespace {

Result<int> runCommand(const Options &options, const nn_program &program) {
  NNRT_TRY(checkMachine(program, options.command, options.memory));
  if (options.memory) {
    limitRecordMemory(*options.memory, options.out);
  } else if (std::optional<uint64_t> available = availableMemory()) {
    uint64_t needed = memoryNeeded(program, options.command);
    refuseRecordsBeyond(*available - std::min(*available, needed));
  }
  setThreadCount(options.threads.value_or(availableCores()));
  switch (options.command) {
  case Command::train:
    return trainCommand(options, program);
  case Command::eval:
    return evalCommand(options, program);
  case Command::predict:
    return predictCommand(options, program);
  case Command::summary:
    return summaryCommand(options, program);
  case Command::config:
    return configCommand(options, program);
  case Command::data:
    return dataCommand(options, program);
  case Command::info:
    return infoCommand(options, program);
  }
  return internalError("unknown command");
}

Result<int> runChecked(int argc, char **argv, const nn_program &program) {
  if (program.abi_version != NN_ABI_VERSION)
    return internalError("the program was compiled for version " + std::to_string(program.abi_version) +
                         " of the runtime, this is version " + std::to_string(NN_ABI_VERSION) +
                         ": compile it again with the `nnc` that came with this runtime");
  NNRT_ASSIGN(auto parsed, parseOptions(argc, argv, program));
  if (auto *notice = std::get_if<Notice>(&parsed)) {
    printOut(notice->text);
    NNRT_TRY(finishOutput());
    return int(exitOk);
  }
  return runCommand(std::get<Options>(parsed), program);
}

} // namespace

int nnrt::runProgram(int argc, char **argv, const nn_program &program) {
  signal(SIGXFSZ, SIG_IGN); // a file size limit is then an error of the write
  try {
    Result<int> outcome = runChecked(argc, argv, program);
    if (outcome)
      return *outcome;
    fprintf(stderr, "error: %s\n", outcome.error().message.c_str());
    return outcome.error().code;
  } catch (const std::bad_alloc &) {
    fprintf(stderr, "error: not enough memory\n");
  } catch (const std::exception &error) {
    fprintf(stderr, "internal error: %s\n", error.what());
  }
  return exitInternal;
}
