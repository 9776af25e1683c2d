// The subcommands. Each gets the options and the program and returns the exit code.
#ifndef NN_RUNTIME_CLI_COMMANDS_H
#define NN_RUNTIME_CLI_COMMANDS_H

#include "runtime/cli/Options.h"

namespace nnrt {

Result<int> trainCommand(const Options &options, const nn_program &program);
Result<int> evalCommand(const Options &options, const nn_program &program);
Result<int> predictCommand(const Options &options, const nn_program &program);
Result<int> summaryCommand(const Options &options, const nn_program &program);
Result<int> configCommand(const Options &options, const nn_program &program);
Result<int> dataCommand(const Options &options, const nn_program &program);
Result<int> infoCommand(const Options &options, const nn_program &program);

// Runs the command line; never throws.
int runProgram(int argc, char **argv, const nn_program &program);

} // namespace nnrt

#endif
