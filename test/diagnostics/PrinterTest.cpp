// What people and editors get to see of a diagnostic.
#include "compiler/diagnostics/Printer.h"
#include "llvm/Support/JSON.h"
#include <gtest/gtest.h>

namespace nn {

struct Case {
  SourceManager sources;
  DiagnosticEngine engine;

  uint32_t file(const std::string &text) { return sources.addBuffer("m.nn", text); }
  std::string console(bool colour = false) {
    std::string text;
    llvm::raw_string_ostream out(text);
    printConsole(engine, sources, out, colour);
    return text;
  }
  std::string json() {
    std::string text;
    llvm::raw_string_ostream out(text);
    printJson(engine, sources, out);
    return text;
  }
};

TEST(Console, SourceLineAndCaretRange) {
  Case c;
  uint32_t f = c.file("import std\n  x |> Dens(10)\n");
  c.engine.report(DiagnosticKind::SyntaxError, {f, 18, 22}, {"`Dens`", "`Dense`"})
      .note("a note")
      .suggest("Dense");
  EXPECT_EQ(c.console(), "m.nn:2:8: error: unexpected `Dens`, expected `Dense`\n"
                         "  2 |   x |> Dens(10)\n"
                         "    |        ^^^^\n"
                         "    = note: a note\n"
                         "    = help: did you mean `Dense`?\n");
}

TEST(Console, LabelsOnTheSameAndOnOtherLines) {
  Case c;
  uint32_t f = c.file("a b\n\n\nc\nd e\n");
  c.engine.report(DiagnosticKind::SyntaxError, {f, 8, 9}, {"x", "y"})
      .label({f, 10, 11}, "same")
      .label({f, 0, 1}, "before")
      .label({f, 6, 7}, "above");
  EXPECT_EQ(c.console(), "m.nn:5:1: error: unexpected x, expected y\n"
                         "  1 | a b\n"
                         "    | - before\n"
                         "  .\n"
                         "  4 | c\n"
                         "    | - above\n"
                         "  5 | d e\n"
                         "    | ^\n"
                         "    |   - same\n");
}

TEST(Console, ALabelInAnotherFileNamesIt) {
  Case c;
  uint32_t f = c.file("a\n"), g = c.sources.addBuffer("other.nn", "\nb\n");
  c.engine.report(DiagnosticKind::SyntaxError, {f, 0, 1}, {"x", "y"}).label({g, 1, 2}, "here");
  EXPECT_EQ(c.console(), "m.nn:1:1: error: unexpected x, expected y\n"
                         "  1 | a\n"
                         "    | ^\n"
                         "   --> other.nn:2:1\n"
                         "  2 | b\n"
                         "    | - here\n");
}

TEST(Console, WithoutAPlaceThereIsNoExcerpt) {
  Case c;
  c.engine.report(DiagnosticKind::SyntaxError, {}, {"x", "y"});
  EXPECT_EQ(c.console(), "nnc: error: unexpected x, expected y\n");
}

TEST(Console, TabsAndWideCharactersKeepTheCaretInPlace) {
  Case c;
  uint32_t f = c.file("\ta\tb \xE4\xBD\xA0 c");
  c.engine.report(DiagnosticKind::SyntaxError, {f, 9, 10}, {"x", "y"});
  EXPECT_EQ(c.console(), "m.nn:1:8: error: unexpected x, expected y\n"
                         "  1 |     a   b \xE4\xBD\xA0 c\n"
                         "    |              ^\n");
}

TEST(Console, TheEndOfALineAndOfTheFileHaveACaret) {
  Case c;
  uint32_t f = c.file("ab\n");
  c.engine.report(DiagnosticKind::SyntaxError, {f, 2, 2}, {"x", "y"});
  c.engine.report(DiagnosticKind::SyntaxError, {f, 3, 3}, {"x", "y"});
  EXPECT_EQ(c.console(), "m.nn:1:3: error: unexpected x, expected y\n"
                         "  1 | ab\n"
                         "    |   ^\n"
                         "m.nn:2:1: error: unexpected x, expected y\n"
                         "  2 |\n"
                         "    | ^\n");
}

TEST(Console, ARangeOverSeveralLinesIsDrawnOnItsFirst) {
  Case c;
  uint32_t f = c.file("ab {\n}\n");
  c.engine.report(DiagnosticKind::SyntaxError, {f, 3, 6}, {"x", "y"});
  EXPECT_EQ(c.console(), "m.nn:1:4: error: unexpected x, expected y\n"
                         "  1 | ab {\n"
                         "    |    ^\n");
}

TEST(Console, AVeryLongLineIsCutAroundTheCaret) {
  Case c;
  uint32_t f = c.file(std::string(500, 'a') + "!" + std::string(500, 'b'));
  c.engine.report(DiagnosticKind::SyntaxError, {f, 500, 501}, {"x", "y"});
  EXPECT_EQ(c.console(), "m.nn:1:501: error: unexpected x, expected y\n"
                         "  1 | ..." +
                             std::string(40, 'a') + "!" + std::string(59, 'b') + "...\n" + "    |    " +
                             std::string(40, ' ') + "^\n");
}

TEST(Console, NothingReachesTheTerminalUnprinted) {
  Case c;
  uint32_t f =
      c.file(std::string("a\x1B[31m\0\xE2\x80\xAE b\xFF", 13)); // escape, NUL, direction override, bad byte
  c.engine.report(DiagnosticKind::SyntaxError, {f, 0, 1}, {"\x1B[31m", "y"});
  const std::string shown = "\xEF\xBF\xBD";
  EXPECT_EQ(c.console(), "m.nn:1:1: error: unexpected " + shown + "[31m, expected y\n" + "  1 | a" + shown +
                             "[31m" + shown + shown + " b" + shown + "\n    | ^\n");
}

TEST(Console, ColourOnlyWhenAsked) {
  Case c;
  uint32_t f = c.file("a\n");
  c.engine.report(DiagnosticKind::SyntaxError, {f, 0, 1}, {"x", "y"});
  EXPECT_EQ(c.console(false).find('\x1B'), std::string::npos);
  EXPECT_NE(c.console(true).find("\x1B["), std::string::npos);
}

TEST(Console, BracesInAnArgumentAreNotFilledAgain) {
  Case c;
  c.engine.report(DiagnosticKind::SyntaxError, {}, {"{1}", "{0}"});
  EXPECT_EQ(c.console(), "nnc: error: unexpected {1}, expected {0}\n");
}

TEST(Json, OneObjectALine) {
  Case c;
  uint32_t f = c.file("\xC3\xA4 b\nc\n");
  c.engine.report(DiagnosticKind::SyntaxError, {f, 3, 4}, {"x", "\"y\""})
      .label({f, 5, 6}, "here")
      .note("n")
      .suggest("z");
  c.engine.report(DiagnosticKind::SyntaxError, {}, {"x", "y"});
  EXPECT_EQ(
      c.json(),
      R"({"kind":"syntax-error","severity":"error","message":"unexpected x, expected \"y\"","file":"m.nn",)"
      R"("begin":{"line":1,"column":3},"end":{"line":1,"column":4},"labels":[{"text":"here","file":"m.nn",)"
      R"("begin":{"line":2,"column":1},"end":{"line":2,"column":2}}],"notes":["n"],)"
      R"("suggestion":"did you mean `z`?"})"
      "\n"
      R"({"kind":"syntax-error","severity":"error","message":"unexpected x, expected y","labels":[],"notes":[]})"
      "\n");
}

TEST(Json, AMessageThatIsNotUtf8IsRepaired) {
  Case c;
  c.engine.report(DiagnosticKind::SyntaxError, {}, {"\xFF", "y"});
  auto value = llvm::json::parse(c.json());
  ASSERT_TRUE(bool(value)) << llvm::toString(value.takeError());
}

} // namespace nn
