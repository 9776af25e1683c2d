// The texts are those of docs/errors, compiled in.
#include "compiler/driver/Explain.h"
#include "compiler/basic/Suggestion.h"
#include "compiler/diagnostics/Index.h"
#include "llvm/Support/raw_ostream.h"

namespace nn {

int explain(const Options &options) {
  std::vector<std::string> names;
  for (DiagnosticKind kind : allKinds())
    names.push_back(nameOf(kind));
  if (options.topic.empty()) {
    for (DiagnosticKind kind : allKinds())
      llvm::outs() << nameOf(kind) << (severityOf(kind) == Severity::Warning ? " (warning)" : "") << ": "
                   << messageOf(kind) << '\n';
    return 0;
  }
  if (std::optional<std::string_view> text = explanationOf(options.topic)) {
    llvm::outs() << llvm::StringRef(text->data(), text->size());
    return 0;
  }
  std::string near = closest(options.topic, names);
  llvm::errs() << "nnc: unknown kind `" << options.topic << "`"
               << (near.empty() ? "" : "; did you mean `" + near + "`?")
               << "\n  `nnc explain` lists all kinds\n";
  return 2;
}

} // namespace nn
