// Between sema and the diagnostics engine. A body is evaluated once per application and graph, so an error
// may be found many times: it is reported once. An error inside the standard library is shown at the user's
// call.
#ifndef NN_SEMA_REPORTER_H
#define NN_SEMA_REPORTER_H

#include "compiler/diagnostics/Engine.h"
#include <map>
#include <set>
#include <string>
#include <vector>

namespace nn::sema {

class Reporter {
public:
  Reporter(DiagnosticEngine &engine) : engine(engine) {}

  DiagnosticBuilder report(DiagnosticKind kind, Location where,
                           std::initializer_list<std::string> arguments = {});
  bool hasErrors() const { return engine.hasErrors(); }
  unsigned errorCount() const { return engine.errorCount(); }
  // Files below this number of the source manager that are in the standard library.
  void markLibrary(uint32_t file) { library.insert(file); }
  bool isLibrary(Location where) const { return library.count(where.file); }

  // Where a file was imported: said with everything that is wrong in it, up to the main file.
  void setImport(uint32_t file, uint32_t by, std::string note) { imports[file] = {by, std::move(note)}; }
  void addTrail(Diagnostic &diagnostic) const;

  // Where a diagnostic of this place is shown.
  Location shown(Location where) const;

  // A call whose body is being evaluated.
  struct Call {
    std::string name;
    Location where;
  };
  std::vector<Call> calls;

private:
  // The innermost call outside the library, or null.
  const Call *userCall() const;

  DiagnosticEngine &engine;
  std::set<uint32_t> library;
  std::map<uint32_t, std::pair<uint32_t, std::string>> imports; // by whom, and the note
  std::set<std::string> seen;
  Diagnostic repeated{}; // takes the labels of what is not shown again
};

} // namespace nn::sema
#endif
