// Where the text of a phase goes: `--emit` keeps that of one, `--dump-phases` writes a numbered file for
// each.
#ifndef NN_PIPELINE_PHASESINK_H
#define NN_PIPELINE_PHASESINK_H

#include "compiler/diagnostics/Engine.h"
#include "compiler/pipeline/Phases.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace nn {

class PhaseSink {
public:
  PhaseSink(std::optional<Phase> emit, std::string dumpDirectory, DiagnosticEngine &engine)
      : emit(emit), dumpDirectory(std::move(dumpDirectory)), engine(engine) {}

  // Printing a large module takes its time; ask first.
  bool wants(Phase phase) const { return phase == emit || !dumpDirectory.empty(); }
  void add(Phase phase, llvm::function_ref<void(llvm::raw_ostream &)> print);

  // The run ends with the phase that is to be printed; without one it ends with an executable.
  bool isLast(Phase phase) const { return phase == emit; }
  const std::string &emitted() const { return text; }
  DiagnosticEngine &diagnostics() const { return engine; }

private:
  void dump(Phase phase, const std::string &content);

  std::optional<Phase> emit;
  std::string dumpDirectory;
  DiagnosticEngine &engine;
  std::string text;
};

} // namespace nn
#endif
