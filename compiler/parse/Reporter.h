// The diagnostics of one file's syntax, with an end: behind many errors the rest is noise.
#ifndef NN_PARSE_REPORTER_H
#define NN_PARSE_REPORTER_H

#include "compiler/basic/Limits.h"
#include "compiler/diagnostics/Engine.h"

namespace nn::parsing {

class Reporter {
public:
  explicit Reporter(DiagnosticEngine &engine) : engine(engine) {}

  DiagnosticBuilder report(DiagnosticKind kind, Location where, std::initializer_list<std::string> arguments = {}) {
    ++count;
    if (count <= limits::syntaxErrors)
      return engine.report(kind, where, arguments);
    discarded = {};
    return DiagnosticBuilder(discarded);
  }
  bool hasErrors() const { return count != 0; }
  bool isExhausted() const { return count >= limits::syntaxErrors; }

private:
  DiagnosticEngine &engine;
  unsigned count = 0;
  Diagnostic discarded = {};
};

} // namespace nn::parsing
#endif
