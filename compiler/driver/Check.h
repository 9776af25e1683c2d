// `nnc check FILE...`: errors only.
#ifndef NN_DRIVER_CHECK_H
#define NN_DRIVER_CHECK_H

#include "compiler/driver/Options.h"

namespace nn {

// All files are checked, each as a program of its own; the exit code is that of the worst.
int check(const Options &options);

} // namespace nn
#endif
