// The diagnostics of one file's syntax: in the order of the text although lexer, filter and parser find them
// one after the other, and with an end, because behind many errors the rest is noise.
#ifndef NN_PARSE_REPORTER_H
#define NN_PARSE_REPORTER_H

#include "compiler/basic/Limits.h"
#include "compiler/diagnostics/Engine.h"
#include <algorithm>
#include <set>

namespace nn::parsing {

class Reporter {
public:
  DiagnosticBuilder report(DiagnosticKind kind, Location where,
                           std::initializer_list<std::string> arguments = {}) {
    return found.report(kind, where, arguments);
  }

  // Something of this line is already known to be wrong and was left out or replaced; what the parser finds
  // there is a consequence.
  void distrustLine(size_t line) { distrusted.insert(line); }
  bool isTrusted(size_t line) const { return distrusted.count(line) == 0; }

  bool hasErrors() const { return found.hasErrors(); }
  bool isExhausted() const { return found.errorCount() >= limits::syntaxErrors; }

  void flush(DiagnosticEngine &engine) const {
    std::vector<Diagnostic> sorted = found.all();
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Diagnostic &a, const Diagnostic &b) { return a.where.begin < b.where.begin; });
    sorted.resize(std::min<size_t>(sorted.size(), limits::syntaxErrors));
    for (Diagnostic &diagnostic : sorted)
      engine.add(std::move(diagnostic));
  }

private:
  DiagnosticEngine found;
  std::set<size_t> distrusted;
};

} // namespace nn::parsing
#endif
