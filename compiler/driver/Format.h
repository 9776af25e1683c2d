// `nnc fmt [--check] [FILE...]`: the canonical layout.
#ifndef NN_DRIVER_FORMAT_H
#define NN_DRIVER_FORMAT_H

#include "compiler/driver/Session.h"

namespace nn {

// Files are rewritten in place, or named on stdout under `--check`; without files stdin goes to stdout. Files
// with syntax errors stay as they are. The exit code.
int format(const Options &options);

// The canonical text of a source; nothing after syntax errors, or, with `fault` set, if its meaning is
// another.
std::optional<std::string> canonical(Session &session, uint32_t file, bool &fault);

} // namespace nn
#endif
