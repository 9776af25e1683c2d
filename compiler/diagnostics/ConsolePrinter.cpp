// Diagnostics for people, in the shape of rustc's and Carbon's:
//   model.nn:4:8: error: unknown name `Dens`
//     4 |   x |> Dens(10)
//       |        ^^^^
//       = help: did you mean `Dense`?
#include "compiler/diagnostics/Printer.h"
#include "compiler/diagnostics/SourceExcerpt.h"
#include <algorithm>

namespace nn {

namespace {

using Colour = llvm::raw_ostream::Colors;

// A range under which something is drawn: the place of the diagnostic (no text, carets) or a label (dashes).
struct Mark {
  Location where;
  unsigned line;
  bool primary;
  std::string text;
};

class ConsolePrinter {
public:
  ConsolePrinter(const SourceManager &sources, llvm::raw_ostream &out, bool colour)
      : sources(sources), out(out), colour(colour) {}

  void print(const Diagnostic &diagnostic);

private:
  void paint(Colour tone, const std::string &text);
  void printHeading(const Diagnostic &diagnostic);
  void printFile(std::vector<Mark> marks);
  void printLine(const std::vector<Mark> &marks);
  void printMark(const Mark &mark, const SourceExcerpt &excerpt, uint32_t lineBegin);
  void printFooter(const char *word, const std::string &text);
  void gutter(const std::string &number, const char *bar);

  const SourceManager &sources;
  llvm::raw_ostream &out;
  bool colour;
  unsigned gutterWidth = 0;
  Colour tone = Colour::RED;
};

void ConsolePrinter::paint(Colour tone, const std::string &text) {
  if (colour)
    out.changeColor(tone, /*Bold=*/true);
  out << text;
  if (colour)
    out.resetColor();
}

void ConsolePrinter::gutter(const std::string &number, const char *bar) {
  out << "  " << std::string(gutterWidth - number.size(), ' ') << number << ' ' << bar;
}

void ConsolePrinter::printHeading(const Diagnostic &diagnostic) {
  if (diagnostic.where.isValid()) {
    auto [line, column] = sources.position(diagnostic.where.file, diagnostic.where.begin);
    out << printable(sources.path(diagnostic.where.file)) << ':' << line << ':' << column << ": ";
  } else {
    out << "nnc: ";
  }
  bool isError = diagnostic.severity == Severity::Error;
  tone = isError ? Colour::RED : Colour::MAGENTA;
  paint(tone, isError ? "error" : "warning");
  out << ": " << printable(diagnostic.message) << '\n';
}

// The range is drawn up to the end of its first line; an empty one gets one caret.
void ConsolePrinter::printMark(const Mark &mark, const SourceExcerpt &excerpt, uint32_t lineBegin) {
  uint32_t begin = mark.where.begin - lineBegin, end = std::max(mark.where.end, mark.where.begin) - lineBegin;
  auto [column, width] = excerpt.span(begin, end);
  gutter("", "| ");
  out << std::string(column, ' ');
  paint(mark.primary ? tone : Colour::BLUE, std::string(width, mark.primary ? '^' : '-'));
  if (!mark.text.empty())
    out << ' ' << printable(mark.text);
  out << '\n';
}

// All marks are of one line; the window of a long line follows the primary one, which comes first.
void ConsolePrinter::printLine(const std::vector<Mark> &marks) {
  const Mark &first = marks.front();
  uint32_t lineBegin = sources.lineBegin(first.where.file, first.line);
  SourceExcerpt excerpt(sources.line(first.where.file, first.line), first.where.begin - lineBegin);
  gutter(std::to_string(first.line), "|");
  out << (excerpt.text().empty() ? "" : " ") << excerpt.text() << '\n';
  for (const Mark &mark : marks)
    printMark(mark, excerpt, lineBegin);
}

// All marks are of one file. Lines in their order; an omission between them shows as dots.
void ConsolePrinter::printFile(std::vector<Mark> marks) {
  std::stable_sort(marks.begin(), marks.end(), [](const Mark &a, const Mark &b) {
    return std::make_pair(a.line, !a.primary) < std::make_pair(b.line, !b.primary);
  });
  unsigned previous = 0;
  for (auto mark = marks.begin(); mark != marks.end();) {
    auto next = std::find_if(mark, marks.end(), [&](const Mark &other) { return other.line != mark->line; });
    if (previous && mark->line > previous + 1)
      out << "  " << std::string(gutterWidth, '.') << '\n';
    previous = mark->line;
    printLine({mark, next});
    mark = next;
  }
}

void ConsolePrinter::printFooter(const char *word, const std::string &text) {
  gutter("", "= ");
  out << word << ": " << printable(text) << '\n';
}

void ConsolePrinter::print(const Diagnostic &diagnostic) {
  printHeading(diagnostic);

  std::vector<Mark> marks;
  auto add = [&](Location where, bool primary, const std::string &text) {
    if (where.isValid())
      marks.push_back({where, sources.position(where.file, where.begin).line, primary, text});
  };
  add(diagnostic.where, true, "");
  for (const Label &label : diagnostic.labels)
    add(label.where, false, label.text);
  gutterWidth = 1;
  for (const Mark &mark : marks)
    gutterWidth = std::max<unsigned>(gutterWidth, std::to_string(mark.line).size());

  // The diagnostic's own file first, then the others in the order of the labels.
  bool first = diagnostic.where.isValid();
  while (!marks.empty()) {
    uint32_t file = marks.front().where.file;
    auto others = std::stable_partition(marks.begin(), marks.end(),
                                        [&](const Mark &mark) { return mark.where.file == file; });
    if (!first) {
      auto [line, column] = sources.position(file, marks.front().where.begin);
      out << std::string(gutterWidth + 2, ' ') << "--> " << printable(sources.path(file)) << ':' << line
          << ':' << column << '\n';
    }
    first = false;
    printFile({marks.begin(), others});
    marks.erase(marks.begin(), others);
  }
  for (const std::string &note : diagnostic.notes)
    printFooter("note", note);
  if (!diagnostic.suggestion.empty())
    printFooter("help", diagnostic.suggestion);
}

} // namespace

void printConsole(const DiagnosticEngine &engine, const SourceManager &sources, llvm::raw_ostream &out,
                  bool colour) {
  // raw_ostream ignores changeColor unless it was told that colours are wanted.
  out.enable_colors(colour);
  ConsolePrinter printer(sources, out, colour);
  for (const Diagnostic &diagnostic : engine.all())
    printer.print(diagnostic);
}

} // namespace nn
