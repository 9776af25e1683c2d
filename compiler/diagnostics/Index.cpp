// The entries are written by compiler/diagnostics/CMakeLists.txt, one for each file of docs/errors.
#include "compiler/diagnostics/Index.h"

namespace nn {

namespace {

struct Entry {
  std::string_view name, text;
};

constexpr Entry entries[] = {
#include "compiler/diagnostics/ErrorIndex.inc"
};

} // namespace

std::vector<DiagnosticKind> allKinds() {
  return {
#define NN_DIAGNOSTIC(name, severity, message) DiagnosticKind::name,
#include "compiler/diagnostics/Kinds.def"
#undef NN_DIAGNOSTIC
  };
}

std::optional<std::string_view> explanationOf(std::string_view name) {
  for (const Entry &entry : entries)
    if (entry.name == name)
      return entry.text;
  return std::nullopt;
}

} // namespace nn
