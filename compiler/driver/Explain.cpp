// The texts are those of docs/errors, compiled in.
#include "compiler/driver/Explain.h"
#include "compiler/basic/Suggestion.h"
#include "compiler/diagnostics/Index.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>

namespace nn {

namespace {

// `{0}` stands for what only a program has.
std::string withoutPlaceholders(std::string_view message) {
  std::string text;
  for (size_t i = 0; i < message.size(); ++i) {
    bool isPlaceholder = message[i] == '{' && i + 2 < message.size() && message[i + 2] == '}';
    text += isPlaceholder ? "…" : std::string(1, message[i]);
    i += isPlaceholder ? 2 : 0;
  }
  return text;
}

// Of a kind whose message is its author's, what its entry begins with.
std::string summaryOf(DiagnosticKind kind) {
  std::string message = withoutPlaceholders(messageOf(kind));
  std::string_view entry = explanationOf(nameOf(kind)).value_or("");
  size_t begin = entry.find("\n\n");
  if (message != "…" || begin == std::string_view::npos)
    return message;
  std::string_view text = entry.substr(begin + 2);
  std::string first(text.substr(0, std::min(text.find(". "), text.find(".\n"))));
  std::replace(first.begin(), first.end(), '\n', ' ');
  return first;
}

} // namespace

int explain(const Options &options) {
  std::vector<std::string> names;
  for (DiagnosticKind kind : allKinds())
    names.push_back(nameOf(kind));
  if (options.topic.empty()) {
    for (DiagnosticKind kind : allKinds())
      llvm::outs() << nameOf(kind) << (severityOf(kind) == Severity::Warning ? " (warning)" : "") << ": "
                   << summaryOf(kind) << '\n';
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
