// The error index: what each kind of diagnostic means and what to do about it, from docs/errors.
#ifndef NN_DIAGNOSTICS_INDEX_H
#define NN_DIAGNOSTICS_INDEX_H

#include "compiler/diagnostics/Diagnostic.h"
#include <optional>
#include <string_view>

namespace nn {

// In the order of the registry.
std::vector<DiagnosticKind> allKinds();

// The entry of a kind by its name in kebab-case, as Markdown.
std::optional<std::string_view> explanationOf(std::string_view name);

} // namespace nn
#endif
