// Every kind of diagnostic has a case that produces it, `cases/KIND.nn`, and an entry in the error index. The
// case's lines `//~ LINE:BEGIN-END: KIND: MESSAGE` are all that is reported, in order; END is the column
// behind the caret range. `//~ set NAME=VALUE` gives a hyperparameter. `KIND.WHAT.nn` is another case of the
// kind, whose labels and notes are expected too. A new kind needs a file of the first form and
// docs/errors/KIND.md; `NN_UPDATE_CASES=1` writes the expectations of a new case, to be read before they are
// believed.
#include "compiler/basic/Limits.h"
#include "compiler/diagnostics/Index.h"
#include "compiler/sema/Analyze.h"
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <sstream>

namespace nn::test {
namespace {

std::string read(const std::string &path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<std::string> casePaths() {
  std::vector<std::string> paths;
  for (const auto &entry : std::filesystem::directory_iterator(NN_CASES))
    if (entry.path().extension() == ".nn")
      paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

struct Case {
  std::string path, kind, text, expected;
  std::vector<std::pair<std::string, std::string>> sets;

  bool isDetailed = false;

  explicit Case(const std::string &path)
      : path(path), kind(std::filesystem::path(path).stem()), text(read(path)) {
    isDetailed = kind.find('.') != std::string::npos;
    kind = kind.substr(0, kind.find('.'));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      if (line.rfind("//~ set ", 0) == 0)
        sets.emplace_back(line.substr(8, line.find('=') - 8), line.substr(line.find('=') + 1));
      else if (line.rfind("//~ ", 0) == 0)
        expected += line.substr(4) + "\n";
    }
  }
};

std::string place(const SourceManager &sources, Location where) {
  if (!where.isValid())
    return "-";
  auto [line, column] = sources.position(where.file, where.begin);
  auto end = sources.position(where.file, where.end);
  std::string text = std::to_string(line) + ":" + std::to_string(column) + "-";
  return text + (end.line == line ? "" : std::to_string(end.line) + ":") + std::to_string(end.column);
}

std::vector<std::string> kindsOf(const DiagnosticEngine &engine) {
  std::vector<std::string> kinds;
  for (const Diagnostic &each : engine.all())
    kinds.push_back(nameOf(each.kind));
  return kinds;
}

// Other files by their names; the library's lines by their text, because they move.
std::string placeWithFile(const SourceManager &sources, Location where, uint32_t main) {
  if (!where.isValid() || where.file == main)
    return place(sources, where);
  std::filesystem::path path = sources.path(where.file);
  if (path.string().rfind(NN_STDLIB_DIR, 0) != 0)
    return path.filename().string() + ":" + place(sources, where);
  std::string text(sources.text(where.file).substr(where.begin, where.end - where.begin));
  return path.filename().string() + " `" + text.substr(0, text.find('\n')) + "`";
}

std::string details(const SourceManager &sources, const Diagnostic &diagnostic, uint32_t main) {
  std::string lines;
  for (const Label &label : diagnostic.labels)
    lines += "  " + placeWithFile(sources, label.where, main) + ": " + label.text + "\n";
  for (const std::string &note : diagnostic.notes)
    lines += "  note: " + note + "\n";
  return lines + (diagnostic.suggestion.empty() ? "" : "  help: " + diagnostic.suggestion + "\n");
}

// What is reported about a program, in the form of the expectations.
std::string report(const std::string &path, const Case &test, std::set<std::string> &kinds) {
  SourceManager sources;
  DiagnosticEngine engine;
  uint32_t file = sources.addBuffer(path, test.text);
  auto program = analyze(file, sources, engine, {NN_STDLIB_DIR, test.sets});
  EXPECT_EQ(program == nullptr, engine.hasErrors()) << path;
  std::string lines;
  for (const Diagnostic &each : engine.all()) {
    lines += placeWithFile(sources, each.where, file) + ": " + nameOf(each.kind) + ": " + each.message + "\n";
    if (test.isDetailed)
      lines += details(sources, each, file);
    kinds.insert(nameOf(each.kind));
  }
  for (size_t at; (at = lines.find(NN_CASES "/")) != std::string::npos;)
    lines.erase(at, sizeof NN_CASES);
  return lines;
}

void update(const Case &test, const std::string &found) {
  std::ofstream out(test.path, std::ios::app);
  std::istringstream lines(found);
  for (std::string line; std::getline(lines, line);)
    out << "//~ " << line << '\n';
}

class Cases : public testing::TestWithParam<std::string> {};

TEST_P(Cases, AreToldSo) {
  Case test(GetParam());
  std::set<std::string> kinds;
  std::string found = report(test.path, test, kinds);
  if (test.expected.empty() && std::getenv("NN_UPDATE_CASES"))
    update(test, found);
  else
    EXPECT_EQ(found, test.expected);
  EXPECT_TRUE(kinds.count(test.kind)) << found;
}

INSTANTIATE_TEST_SUITE_P(Diagnostics, Cases, testing::ValuesIn(casePaths()), [](const auto &info) {
  std::string name = std::filesystem::path(info.param).stem();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; }, '_');
  return name;
});

// Texts that are too large, or no text, and so no files of the repository.
std::map<std::string, std::string> hostileTexts() {
  std::string sum = "predict x";
  for (unsigned i = 0; i <= limits::height; ++i)
    sum += "+x";
  return {{"file-too-large", std::string(limits::sourceBytes + 1, ' ')},
          {"invalid-utf8", "predict \xFF"},
          {"nested-too-deeply", "predict " + std::string(limits::nesting + 1, '(')},
          {"statement-too-long", sum},
          {"too-many-tokens", std::string(limits::tokens + 1, ';')}};
}

TEST(Diagnostics, HostileTexts) {
  for (const auto &[kind, text] : hostileTexts()) {
    SourceManager sources;
    DiagnosticEngine engine;
    EXPECT_FALSE(analyze(sources.addBuffer("t.nn", text), sources, engine, {NN_STDLIB_DIR, {}}));
    EXPECT_EQ(kindsOf(engine), std::vector<std::string>{kind});
  }
}

// Raised behind sema, where no program is at fault: test/driver/CommandLineTest.cpp and test/backend
// show each of them.
const std::set<std::string> &kindsOfTheDriver() {
  static const std::set<std::string> kinds{
      "cannot-open-file", "cannot-start",   "cannot-write", "cpu-beyond-machine", "incomplete-installation",
      "link-failed",      "linker-missing", "unknown-cpu",  "unsupported-host"};
  return kinds;
}

TEST(Diagnostics, EachKindHasACase) {
  std::set<std::string> shown = kindsOfTheDriver();
  for (const auto &[kind, text] : hostileTexts())
    shown.insert(kind);
  for (const std::string &path : casePaths())
    shown.insert(Case(path).kind);
  for (DiagnosticKind kind : allKinds())
    EXPECT_TRUE(shown.erase(nameOf(kind))) << nameOf(kind) << " has no case";
  EXPECT_TRUE(shown.empty()) << *shown.begin() << " is a case of no kind";
  EXPECT_GE(allKinds().size(), 150u);
}

TEST(Diagnostics, EachKindHasAnEntry) {
  std::set<std::string> texts;
  for (DiagnosticKind kind : allKinds()) {
    auto entry = explanationOf(nameOf(kind));
    ASSERT_TRUE(entry) << nameOf(kind);
    EXPECT_EQ(entry->rfind("# " + nameOf(kind) + "\n", 0), 0u) << nameOf(kind);
    EXPECT_NE(entry->find("\n\nRemedy: "), std::string::npos) << nameOf(kind);
    EXPECT_TRUE(texts.insert(std::string(entry->substr(entry->find('\n')))).second)
        << nameOf(kind) << " says what another entry says";
  }
  size_t files = 0;
  for (const auto &entry : std::filesystem::directory_iterator(NN_ERRORS))
    files += entry.path().stem() != "README";
  EXPECT_EQ(files, allKinds().size()) << "an entry of no kind";
}

TEST(Diagnostics, WarningsAreNoErrors) {
  DiagnosticEngine engine;
  engine.report(DiagnosticKind::UnusedImport, {});
  EXPECT_FALSE(engine.hasErrors());
}

// The trail of imports stands below what is wrong in an imported file, up to the main file.
TEST(Diagnostics, ImportTrail) {
  for (const char *inner : {"trail-syntax", "trail-name"}) {
    SourceManager sources;
    DiagnosticEngine engine;
    std::string main = NN_CASES "/main.nn";
    uint32_t file = sources.addBuffer(main, std::string("\nimport \"Inputs/") + inner + ".nn\"\n");
    analyze(file, sources, engine, {NN_STDLIB_DIR, {}});
    ASSERT_EQ(engine.all().size(), 1u) << inner;
    const Diagnostic &found = engine.all()[0];
    EXPECT_EQ(std::filesystem::path(sources.path(found.where.file)).filename(), std::string(inner) + ".nn");
    ASSERT_EQ(found.notes.size(), 1u) << inner;
    EXPECT_EQ(found.notes[0], "imported at " + main + ":2:8");
  }
}

} // namespace
} // namespace nn::test
