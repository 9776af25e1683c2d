// Internal errors leave a file from which they can be repeated.
#ifndef NN_PIPELINE_REPRODUCER_H
#define NN_PIPELINE_REPRODUCER_H

#include "llvm/ADT/StringRef.h"
#include "mlir/Pass/PassManager.h"
#include <string>

namespace nn {

// Writes `content` to a new file in the directory for temporary files; its path, or "" if even that failed.
std::string writeReproducer(llvm::StringRef suffix, llvm::StringRef content);

// Has the manager write the module as it was before it and its pipeline, for `nn-opt --run-reproducer`, when
// a pass fails or crashes; `path` then names the file.
void enableReproducer(mlir::PassManager &manager, std::string &path);

} // namespace nn
#endif
