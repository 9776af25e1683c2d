// Where the parts of nnc lie, seen from its own executable: `bin/nnc` of a build directory or of an
// installation.
#ifndef NN_DRIVER_INSTALLATION_H
#define NN_DRIVER_INSTALLATION_H

#include "compiler/diagnostics/Engine.h"
#include <optional>
#include <string>

namespace nn {

// The directory of the standard library's `.nn` files.
std::optional<std::string> findStandardLibrary(DiagnosticEngine &engine);
// The path of libnnrt.a.
std::optional<std::string> findRuntimeArchive(DiagnosticEngine &engine);

} // namespace nn
#endif
