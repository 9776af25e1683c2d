// stdout, which can be a full disk too, and tables on it.
#ifndef NN_RUNTIME_CLI_OUTPUT_H
#define NN_RUNTIME_CLI_OUTPUT_H

#include "runtime/base/Result.h"
#include "runtime/base/TableText.h"

#include <string>

namespace nnrt {

void printOut(const std::string &text);
// Reports anything that could not be written since the start.
Status finishOutput();

} // namespace nnrt

#endif
