// What a program needs of the machine it runs on.
#ifndef NN_RUNTIME_CLI_MACHINE_H
#define NN_RUNTIME_CLI_MACHINE_H

#include "runtime/cli/Options.h"

namespace nnrt {

// Bytes of memory that a command takes besides the data: 0 for those that only read the descriptor.
uint64_t memoryNeeded(const nn_program &program, Command command);

// Before the first entry is called: an instruction that is missing, or memory, would end the program without
// a word. `records`: what --memory gives them.
Status checkMachine(const nn_program &program, Command command, std::optional<uint64_t> records);

} // namespace nnrt

#endif
