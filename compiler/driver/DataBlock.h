// `nnc data FILE.csv`: a `data` block for a table, to start from.
#ifndef NN_DRIVER_DATABLOCK_H
#define NN_DRIVER_DATABLOCK_H

#include "compiler/driver/Options.h"
#include "compiler/driver/TableGuess.h"

#include <optional>

namespace nn {

// The block with what was found as comments; nothing where no column is left beside the target.
std::optional<std::string> dataBlock(const std::string &path, const TableGuess &table);

// Prints it.
int dataCommand(const Options &options);

} // namespace nn
#endif
