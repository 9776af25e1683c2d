// Cells in columns, as a terminal shows them.
#ifndef NN_RUNTIME_BASE_TABLETEXT_H
#define NN_RUNTIME_BASE_TABLETEXT_H

#include <string>
#include <vector>

namespace nnrt {

// Characters of UTF-8 text.
size_t lengthOf(const std::string &text);

// Rows of cells in columns as wide as their widest cell; those of `rightAligned` to the right.
std::string tableText(const std::vector<std::vector<std::string>> &rows,
                      const std::vector<bool> &rightAligned);

} // namespace nnrt

#endif
