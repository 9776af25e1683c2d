// From an object to an executable, by the system's C compiler driver.
#ifndef NN_BACKEND_LINK_H
#define NN_BACKEND_LINK_H

#include "compiler/diagnostics/Engine.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace nn {

struct LinkJob {
  llvm::StringRef object;     // the bytes of the object file
  std::string runtimeArchive; // path of libnnrt.a
  std::string output;
};

// The file that an output at `path` replaces, behind links; none where a device, a pipe or a directory
// stands, which must not be replaced.
std::optional<std::string> fileToReplace(const std::string &path);

// The output appears whole or not at all: it is made beside its place under a passing name and then renamed.
bool link(const LinkJob &job, DiagnosticEngine &engine);

// One object file of several; null, with a diagnostic, if the linker cannot make it.
std::optional<std::string> joinObjects(llvm::ArrayRef<std::string> objects, DiagnosticEngine &engine);

} // namespace nn
#endif
