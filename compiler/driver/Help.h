// `nnc --help` and `nnc --version`.
#ifndef NN_DRIVER_HELP_H
#define NN_DRIVER_HELP_H

#include "llvm/Support/raw_ostream.h"
#include <string>

namespace nn {

void printHelp(llvm::raw_ostream &out);
void printVersion(llvm::raw_ostream &out);

// "nnc 0.1.0", as the descriptor has it.
std::string compilerName();

} // namespace nn
#endif
