// Fills the message of a kind with its arguments and keeps the diagnostics in the order they were raised.
#include "compiler/diagnostics/Engine.h"
#include <string_view>

namespace nn {

namespace {

// One pass over the pattern, so that braces inside an argument mean nothing.
std::string fill(std::string_view pattern, std::initializer_list<std::string> arguments) {
  std::string message;
  for (size_t i = 0; i < pattern.size(); ++i) {
    size_t index =
        i + 2 < pattern.size() && pattern[i] == '{' && pattern[i + 2] == '}' ? pattern[i + 1] - '0' : 10;
    if (index >= arguments.size()) {
      message += pattern[i];
      continue;
    }
    message += arguments.begin()[index];
    i += 2;
  }
  return message;
}

} // namespace

DiagnosticBuilder &DiagnosticBuilder::label(Location where, std::string text) {
  diagnostic.labels.push_back({where, std::move(text)});
  return *this;
}

DiagnosticBuilder &DiagnosticBuilder::note(std::string text) {
  diagnostic.notes.push_back(std::move(text));
  return *this;
}

DiagnosticBuilder &DiagnosticBuilder::suggest(const std::string &text) {
  if (!text.empty())
    diagnostic.suggestion = "did you mean `" + text + "`?";
  return *this;
}

DiagnosticBuilder DiagnosticEngine::report(DiagnosticKind kind, Location where,
                                           std::initializer_list<std::string> arguments) {
  add({kind, severityOf(kind), where, fill(messageOf(kind), arguments), {}, {}, ""});
  return DiagnosticBuilder(diagnostics.back());
}

void DiagnosticEngine::add(Diagnostic diagnostic) {
  errors += diagnostic.severity == Severity::Error;
  diagnostics.push_back(std::move(diagnostic));
}

} // namespace nn
