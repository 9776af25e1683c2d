// Each file is a section; each declaration that others can use is its signature and its doc comment, which is
// Markdown already. HTML is written from the same pieces.
#include "compiler/driver/Document.h"
#include "compiler/ast/Printer.h"
#include "compiler/driver/Compile.h"
#include "compiler/driver/Installation.h"
#include "compiler/driver/Session.h"
#include "compiler/parse/Parse.h"
#include "compiler/sema/Builtins.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace nn {

namespace {

struct Entry {
  std::string name, signature, doc;
};

struct Section {
  std::string title, doc;
  std::vector<Entry> entries;
};

std::vector<std::string> libraryFiles(const std::string &directory) {
  std::vector<std::string> files;
  std::error_code error;
  for (llvm::sys::fs::recursive_directory_iterator it(directory, error), end; it != end && !error;
       it.increment(error))
    if (llvm::sys::path::extension(it->path()) == ".nn")
      files.push_back(it->path());
  llvm::sort(files);
  return files;
}

// What needs no import.
Section builtIn() {
  Section section{
      "Built in",
      "The tensor primitives, and the names that are no functions: `pi`; `training`, whether a step is being "
      "taken; `batch`, the number of records, in `train` and `predict`; in what is called in `with`, `step` "
      "and "
      "`epoch` from 1, and `steps` and `epochs`, how many there will be; in an optimizer `global_norm`, the "
      "norm "
      "of all gradients of its statement. A number may stand for a tensor without axes.",
      {}};
  for (const sema::Builtin *builtin : sema::allBuiltins())
    section.entries.push_back({builtin->name, "fn " + builtin->signature, builtin->doc});
  return section;
}

Section sectionOf(const ast::File &file, std::string title) {
  Section section{std::move(title), file.doc, {}};
  for (const ast::DeclPtr &decl : file.declarations)
    if (std::string signature = ast::signatureOf(*decl); !signature.empty())
      section.entries.push_back({decl->name.text, std::move(signature), decl->doc});
  return section;
}

void writeMarkdown(const std::vector<Section> &sections, llvm::raw_ostream &out) {
  for (const Section &section : sections) {
    out << "# " << section.title << "\n\n" << section.doc << (section.doc.empty() ? "" : "\n\n");
    for (const Entry &entry : section.entries)
      out << "## " << entry.name << "\n\n```nn\n"
          << entry.signature << "\n```\n\n"
          << entry.doc << (entry.doc.empty() ? "" : "\n\n");
  }
}

// A doc comment's only markup is code between backticks, and blank lines between paragraphs.
std::string paragraph(llvm::StringRef doc) {
  if (doc.empty())
    return "";
  if (auto [first, rest] = doc.split("\n\n"); !rest.empty())
    return paragraph(first) + paragraph(rest);
  std::string text;
  llvm::raw_string_ostream out(text);
  llvm::printHTMLEscaped(doc, out);
  std::string html = "<p>";
  bool inCode = false;
  for (char letter : text) {
    if (letter != '`')
      html += letter;
    else
      html += (inCode = !inCode) ? "<code>" : "</code>";
  }
  return html + (inCode ? "</code></p>\n" : "</p>\n");
}

// A loss and a metric may have one name.
std::string anchorOf(const Entry &entry) {
  return (llvm::StringRef(entry.signature).take_until([](char c) { return c == ' '; }) + "-" + entry.name)
      .str();
}

void writeHtml(const std::vector<Section> &sections, llvm::raw_ostream &out) {
  out << "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>nnc reference</title>\n"
      << "<style>body { font-family: sans-serif; max-width: 60em; margin: auto } pre { overflow-x: auto }"
      << "</style>\n";
  for (const Section &section : sections) {
    out << "<h1>";
    llvm::printHTMLEscaped(section.title, out);
    out << "</h1>\n" << paragraph(section.doc);
    for (const Entry &entry : section.entries) {
      out << "<h2 id=\"" << anchorOf(entry) << "\">" << entry.name << "</h2>\n<pre><code>";
      llvm::printHTMLEscaped(entry.signature, out);
      out << "</code></pre>\n" << paragraph(entry.doc);
    }
  }
  out << "</html>\n";
}

bool writeAll(const Options &options, const std::vector<Section> &sections, DiagnosticEngine &engine) {
  std::string text;
  llvm::raw_string_ostream out(text);
  options.html ? writeHtml(sections, out) : writeMarkdown(sections, out);
  return writeOutput(options.output == "-" ? "" : options.output, text, engine);
}

std::optional<Section> readSection(Session &session, const std::string &path, const std::string &directory) {
  std::string error;
  std::optional<uint32_t> file = session.sources.addFile(path, error);
  if (!file) {
    session.engine.report(DiagnosticKind::CannotOpenFile, {}, {error});
    return std::nullopt;
  }
  std::unique_ptr<ast::File> tree = parse(*file, session.sources, session.engine);
  if (!tree)
    return std::nullopt;
  return sectionOf(*tree, directory.empty() ? path : path.substr(directory.size() + 1));
}

} // namespace

int document(const Options &options) {
  Session session(options);
  std::vector<std::string> files = options.files;
  std::string directory;
  if (files.empty())
    if (std::optional<std::string> library = findStandardLibrary(session.engine)) {
      directory = *library;
      files = libraryFiles(directory);
    }
  std::vector<Section> sections;
  if (options.files.empty())
    sections.push_back(builtIn());
  for (const std::string &path : files)
    if (std::optional<Section> section = readSection(session, path, directory);
        section && (!section->doc.empty() || !section->entries.empty()))
      sections.push_back(std::move(*section));
  bool done = !session.engine.hasErrors() && writeAll(options, sections, session.engine);
  session.printDiagnostics();
  return done ? 0 : 1;
}

} // namespace nn
