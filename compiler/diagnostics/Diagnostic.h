// A diagnostic as data: what the console, the JSON writer and the tests consume. Kinds are registered in
// Kinds.def, one line each: identifier, severity, message with {0}, {1} … for its arguments.
#ifndef NN_DIAGNOSTICS_DIAGNOSTIC_H
#define NN_DIAGNOSTICS_DIAGNOSTIC_H

#include "compiler/basic/Location.h"
#include <string>
#include <vector>

namespace nn {

enum class Severity { Error, Warning };

enum class DiagnosticKind {
#define NN_DIAGNOSTIC(name, severity, message) name,
#include "compiler/diagnostics/Kinds.def"
#undef NN_DIAGNOSTIC
};

// From the registry; the name is the identifier in kebab-case, as users see it in JSON (`unknown-name`).
Severity severityOf(DiagnosticKind kind);
const char *messageOf(DiagnosticKind kind);
std::string nameOf(DiagnosticKind kind);

// A second place the message speaks of: "`n` is 784 here".
struct Label {
  Location where;
  std::string text;
};

struct Diagnostic {
  DiagnosticKind kind = DiagnosticKind();
  Severity severity = Severity::Error;
  Location where;
  std::string message;
  std::vector<Label> labels;
  std::vector<std::string> notes;
  std::string suggestion; // "did you mean `Dense`?", empty if none
};

} // namespace nn
#endif
