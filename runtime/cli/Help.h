// The pages of `--help`.
#ifndef NN_RUNTIME_CLI_HELP_H
#define NN_RUNTIME_CLI_HELP_H

#include "runtime/abi/Program.h"
#include "runtime/cli/CommandLine.h"

namespace nnrt {

// Of one command, or of the program; its lines fit into 80 columns.
std::string helpText(std::optional<Command> command, const std::string &executable,
                     const nn_program &program);

// The hyperparameters as lines, behind a line that says what they are; empty if there are none.
std::string hyperHelp(const nn_program &program);

} // namespace nnrt

#endif
