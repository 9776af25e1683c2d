// `nnc run FILE.nn -- ARGS...`: compiles into a passing executable and becomes it.
#ifndef NN_DRIVER_RUN_H
#define NN_DRIVER_RUN_H

#include "compiler/driver/Options.h"

namespace nn {

// Returns only if there was something wrong before the program could start.
int run(const Options &options);

} // namespace nn
#endif
