// From an object to an executable, by the system's C compiler driver.
#ifndef NN_BACKEND_LINK_H
#define NN_BACKEND_LINK_H

#include "compiler/diagnostics/Engine.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace nn {

struct LinkJob {
  llvm::StringRef object;     // the bytes of the object file
  std::string runtimeArchive; // path of libnnrt.a
  std::string output;
};

// The output appears whole or not at all: it is made beside its place under a passing name and then renamed.
bool link(const LinkJob &job, DiagnosticEngine &engine);

} // namespace nn
#endif
