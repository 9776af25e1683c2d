// What does not fit is refused before anything is read or written.
#include "runtime/cli/Commands.h"
#include "runtime/cli/Machine.h"
#include "test/runtime/Support.h"

using namespace nnrt;
using namespace nntest;

TEST(Machine, TrainingNeedsMoreThanPrediction) {
  const nn_program &program = nn_program_descriptor;
  EXPECT_EQ(memoryNeeded(program, Command::summary), 0u);
  EXPECT_EQ(memoryNeeded(program, Command::train), program.arena_bytes + program.persistent_bytes);
  EXPECT_EQ(memoryNeeded(program, Command::predict),
            program.arena_bytes - program.optimizer[0].bytes - program.optimizer[1].bytes);
}

TEST(Machine, MoreThanThereIsIsRefused) {
  nn_program program = nn_program_descriptor;
  EXPECT_EQ(codeOf(checkMachine(program, Command::train, {})), exitOk);
  Status tooMuch = checkMachine(program, Command::train, uint64_t(1) << 60);
  EXPECT_CONTAINS(messageOf(tooMuch),
                  "--memory asks for 1.0 EiB of memory (1,152,921,504,606,846,976 bytes) besides");
  program.arena_bytes = uint64_t(1) << 60;
  Status refused = checkMachine(program, Command::train, {});
  EXPECT_EQ(codeOf(refused), exitUsage);
  EXPECT_CONTAINS(messageOf(refused), "`fake` needs 1.0 EiB of memory (1,152,921,504,606,");
  EXPECT_CONTAINS(messageOf(refused), "are available here");
  EXPECT_EQ(codeOf(checkMachine(program, Command::info, {})), exitOk);
}

// Nothing else of the descriptor can be trusted then.
TEST(Machine, AnotherVersionOfTheAbiIsRefused) {
  for (uint32_t version : {uint32_t(NN_ABI_VERSION) - 1, uint32_t(NN_ABI_VERSION) + 1}) {
    nn_program program = {};
    program.abi_version = version;
    std::string name = "model", word = "--help";
    char *words[] = {name.data(), word.data(), nullptr};
    testing::internal::CaptureStderr();
    EXPECT_EQ(runProgram(2, words, program), exitInternal);
    EXPECT_EQ(testing::internal::GetCapturedStderr(),
              "error: the program was compiled for version " + std::to_string(version) +
                  " of the runtime, this is version " + std::to_string(NN_ABI_VERSION) +
                  ": compile it again with the `nnc` that came with this runtime\n");
  }
}
