// stdout, which can be a full disk too, and tables on it.
#ifndef NN_RUNTIME_CLI_OUTPUT_H
#define NN_RUNTIME_CLI_OUTPUT_H

#include "runtime/base/Result.h"

#include <string>
#include <vector>

namespace nnrt {

void printOut(const std::string &text);
// Reports anything that could not be written since the start.
Status finishOutput();

// Rows of cells in columns as wide as their widest cell; those of `rightAligned` to the right.
std::string tableText(const std::vector<std::vector<std::string>> &rows,
                      const std::vector<bool> &rightAligned);

} // namespace nnrt

#endif
