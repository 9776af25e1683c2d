// Collects the diagnostics of a run. Phases raise them with `report`, which returns a builder for labels,
// notes and the suggestion:
//   engine.report(DiagnosticKind::UnknownName, where, {name}).label(other, "…").suggest("Dense");
#ifndef NN_DIAGNOSTICS_ENGINE_H
#define NN_DIAGNOSTICS_ENGINE_H

#include "compiler/diagnostics/Diagnostic.h"
#include <functional>
#include <initializer_list>

namespace nn {

class DiagnosticEngine;

// Adds to the diagnostic just reported; valid until the next report.
class DiagnosticBuilder {
public:
  DiagnosticBuilder(Diagnostic &diagnostic) : diagnostic(diagnostic) {}
  DiagnosticBuilder &label(Location where, std::string text);
  DiagnosticBuilder &note(std::string text);
  // "did you mean `text`?"; nothing when `text` is empty.
  DiagnosticBuilder &suggest(const std::string &text);

private:
  Diagnostic &diagnostic;
};

class DiagnosticEngine {
public:
  DiagnosticBuilder report(DiagnosticKind kind, Location where,
                           std::initializer_list<std::string> arguments = {});
  // A diagnostic made elsewhere, as it is: a phase that reports out of order sorts first and then adds.
  void add(Diagnostic diagnostic);
  unsigned errorCount() const { return errors; }
  bool hasErrors() const { return errors != 0; }
  const std::vector<Diagnostic> &all() const { return diagnostics; }

private:
  std::vector<Diagnostic> diagnostics;
  unsigned errors = 0;
};

} // namespace nn
#endif
