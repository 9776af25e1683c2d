// From a typed program to what was asked for: an executable or the text of a phase.
#ifndef NN_DRIVER_COMPILE_H
#define NN_DRIVER_COMPILE_H

#include "compiler/driver/Session.h"

namespace nn {

// `nnc FILE.nn`.
int compile(const Options &options);

// Makes the executable `output`, or prints the phase that the options name. The exit code; diagnostics are
// left in the session, internal errors are printed.
int build(Session &session, const typed::Program &program, const std::string &output);

// A text goes to the file, which appears whole or not at all, to the device or pipe that stands there, or, of
// no path, to stdout. False where it cannot be written, which is reported.
bool writeOutput(const std::string &path, llvm::StringRef text, DiagnosticEngine &engine);

} // namespace nn
#endif
