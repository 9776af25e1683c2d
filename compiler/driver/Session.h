// One program being compiled: its sources, what was found wrong with them, and its typed AST.
#ifndef NN_DRIVER_SESSION_H
#define NN_DRIVER_SESSION_H

#include "compiler/basic/SourceManager.h"
#include "compiler/diagnostics/Engine.h"
#include "compiler/driver/Options.h"
#include "compiler/sema/TypedAst.h"
#include <memory>

namespace nn {

struct Session {
  explicit Session(const Options &options) : options(options) {}

  // Reads the file and analyzes it with these hyperparameters; null after errors.
  std::unique_ptr<typed::Program> load(const std::string &path, const Sets &sets);

  // All diagnostics so far, on stderr.
  void printDiagnostics() const;

  const Options &options;
  SourceManager sources;
  DiagnosticEngine engine;
  uint32_t mainFile = 0;
};

} // namespace nn
#endif
