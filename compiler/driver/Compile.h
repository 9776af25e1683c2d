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

} // namespace nn
#endif
