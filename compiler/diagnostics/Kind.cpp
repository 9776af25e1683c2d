// The registry of kinds as tables: identifier, severity, message.
#include "compiler/diagnostics/Diagnostic.h"
#include <cctype>

namespace nn {

namespace {

struct Entry {
  const char *identifier;
  Severity severity;
  const char *message;
};

constexpr Entry entries[] = {
#define NN_DIAGNOSTIC(name, severity, message) {#name, Severity::severity, message},
#include "compiler/diagnostics/Kinds.def"
#undef NN_DIAGNOSTIC
};

} // namespace

Severity severityOf(DiagnosticKind kind) { return entries[static_cast<size_t>(kind)].severity; }

const char *messageOf(DiagnosticKind kind) { return entries[static_cast<size_t>(kind)].message; }

std::string nameOf(DiagnosticKind kind) {
  std::string name;
  for (const char *c = entries[static_cast<size_t>(kind)].identifier; *c; ++c) {
    if (std::isupper(static_cast<unsigned char>(*c)) && !name.empty())
      name += '-';
    name += static_cast<char>(std::tolower(static_cast<unsigned char>(*c)));
  }
  return name;
}

} // namespace nn
