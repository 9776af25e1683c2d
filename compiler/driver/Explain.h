// `nnc explain [KIND]`: the error index.
#ifndef NN_DRIVER_EXPLAIN_H
#define NN_DRIVER_EXPLAIN_H

#include "compiler/driver/Options.h"

namespace nn {

// The entry of the kind, or a list of all kinds with their messages.
int explain(const Options &options);

} // namespace nn
#endif
