// The compiler's main program.
#ifndef NN_DRIVER_DRIVER_H
#define NN_DRIVER_DRIVER_H

namespace nn {

// Exit codes: 0 done, 1 diagnostics, 2 usage, 70 internal error.
int runDriver(int argumentCount, char **arguments);

} // namespace nn
#endif
