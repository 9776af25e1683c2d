// `nnc fmt [--check] [FILE...]`: the canonical layout.
#ifndef NN_DRIVER_FORMAT_H
#define NN_DRIVER_FORMAT_H

#include "compiler/driver/Options.h"

namespace nn {

// Files are rewritten in place, or named on stdout under `--check`; without files stdin goes to stdout. Files
// with syntax errors stay as they are. The exit code.
int format(const Options &options);

} // namespace nn
#endif
