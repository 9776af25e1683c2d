#include "compiler/sema/Reporter.h"

namespace nn::sema {

const Reporter::Call *Reporter::userCall() const {
  for (size_t i = calls.size(); i-- > 0;)
    if (calls[i].where.isValid() && !isLibrary(calls[i].where))
      return &calls[i];
  return nullptr;
}

Location Reporter::shown(Location where) const {
  const Call *user = userCall();
  return isLibrary(where) && user ? user->where : where;
}

void Reporter::addTrail(Diagnostic &diagnostic) const {
  auto next = imports.find(diagnostic.where.file);
  for (size_t i = 0; i < imports.size() && next != imports.end(); ++i) {
    diagnostic.notes.push_back(next->second.second);
    next = imports.find(next->second.first);
  }
}

DiagnosticBuilder Reporter::report(DiagnosticKind kind, Location where,
                                   std::initializer_list<std::string> arguments) {
  const Call *user = userCall();
  bool moved = isLibrary(where) && user;
  Location shown = this->shown(where);

  std::string key =
      std::to_string(int(kind)) + " " + std::to_string(shown.file) + ":" + std::to_string(shown.begin);
  for (const std::string &argument : arguments)
    key += "\n" + argument;
  if (!seen.insert(key).second) {
    repeated.labels.clear();
    repeated.notes.clear();
    return DiagnosticBuilder(repeated);
  }

  DiagnosticBuilder builder = engine.report(kind, shown, arguments);
  Diagnostic trail;
  trail.where = shown;
  addTrail(trail);
  for (std::string &note : trail.notes)
    builder.note(std::move(note));
  if (moved)
    builder.label(where, "inside `" + user->name + "`");
  else if (user)
    builder.label(user->where, "in this use of `" + user->name + "`");
  return builder;
}

} // namespace nn::sema
