// Diagnostics for editors: one object a line, so that a reader need not wait for the end.
#include "compiler/diagnostics/Printer.h"
#include "llvm/Support/JSON.h"

namespace nn {

namespace {

// Messages quote source text, which may be anything; JSON strings must be UTF-8.
std::string text(const std::string &bytes) {
  return llvm::json::isUTF8(bytes) ? bytes : llvm::json::fixUTF8(bytes);
}

class JsonPrinter {
public:
  JsonPrinter(const SourceManager &sources, llvm::raw_ostream &out) : sources(sources), json(out) {}

  void print(const Diagnostic &diagnostic) {
    json.object([&] {
      json.attribute("kind", nameOf(diagnostic.kind));
      json.attribute("severity", diagnostic.severity == Severity::Error ? "error" : "warning");
      json.attribute("message", text(diagnostic.message));
      printLocation(diagnostic.where);
      json.attributeArray("labels", [&] {
        for (const Label &label : diagnostic.labels)
          json.object([&] {
            json.attribute("text", text(label.text));
            printLocation(label.where);
          });
      });
      json.attributeArray("notes", [&] {
        for (const std::string &note : diagnostic.notes)
          json.value(text(note));
      });
      if (!diagnostic.suggestion.empty())
        json.attribute("suggestion", text(diagnostic.suggestion));
    });
  }

private:
  void printLocation(Location where) {
    if (!where.isValid())
      return;
    json.attribute("file", text(sources.path(where.file)));
    printPosition("begin", where.file, where.begin);
    printPosition("end", where.file, where.end);
  }

  void printPosition(const char *key, uint32_t file, uint32_t offset) {
    auto position = sources.position(file, offset);
    json.attributeObject(key, [&] {
      json.attribute("line", position.line);
      json.attribute("column", position.column);
    });
  }

  const SourceManager &sources;
  llvm::json::OStream json;
};

} // namespace

void printJson(const DiagnosticEngine &engine, const SourceManager &sources, llvm::raw_ostream &out) {
  for (const Diagnostic &diagnostic : engine.all()) {
    JsonPrinter(sources, out).print(diagnostic);
    out << '\n';
  }
}

} // namespace nn
