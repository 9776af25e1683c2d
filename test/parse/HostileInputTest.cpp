// Whatever a file holds, parsing ends soon and with a diagnostic. `prlimit`-sized stacks are not needed: the
// nesting and height limits keep every recursion shallow.
#include "test/parse/Support.h"
#include <ctime>
#include <random>

namespace nn::test {

// Processor time, so that a busy machine does not fail the test.
static std::string quickErrors(const std::string &text) {
  std::clock_t begin = std::clock();
  std::string found = errors(text);
  EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 1.0);
  return found;
}

static std::string repeat(const std::string &text, size_t count) {
  std::string result;
  for (size_t i = 0; i < count; ++i)
    result += text;
  return result;
}

constexpr size_t many = 100'000;

TEST(Hostile, RandomBytes) {
  for (unsigned seed = 0; seed < 16; ++seed) {
    std::mt19937 random(seed);
    std::string text(65536, '\0');
    for (char &c : text)
      c = static_cast<char>(random());
    EXPECT_NE(quickErrors(text), "");
  }
}

TEST(Hostile, RandomPrintableCharacters) {
  for (unsigned seed = 0; seed < 16; ++seed) {
    std::mt19937 random(seed);
    std::string text(65536, '\0');
    for (char &c : text)
      c = static_cast<char>(random() % 97 == 96 ? '\n' : 32 + random() % 95);
    EXPECT_NE(quickErrors(text), "");
  }
}

// Words of the language in no order reach deeper into the parser than random characters.
TEST(Hostile, RandomTokens) {
  const char *const words[] = {
      "network", "A",   "(",  ")",   "[",   "]",     "{",     "}",      ",",     ":",  "=",     "->",
      "|>",      "^",   "*",  "-",   "not", "and",   "if",    "else",   "scan",  "in", "along", "with",
      "let",     "x",   "3",  "10%", "of",  "\"s\"", "\n",    "\n",     ";",     "fn", "train", "minimize",
      "over",    "...", "..", ".",   "==",  "state", "field", "import", "hyper", "for"};
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    std::string text = seed % 2 ? "fn f() {\n" : "";
    for (int i = 0; i < 2000; ++i)
      text += std::string(words[random() % std::size(words)]) + " ";
    EXPECT_NE(quickErrors(text), "");
  }
}

struct Nest {
  const char *before, *unit, *after;
};

static void PrintTo(const Nest &nest, std::ostream *out) { *out << nest.before << nest.unit; }

class Nested : public testing::TestWithParam<Nest> {};

TEST_P(Nested, TooDeepIsRefused) {
  auto [before, unit, after] = GetParam();
  size_t count = std::min(many, 1'000'000 / std::string(unit).size()); // within the size limit
  std::string found = quickErrors(before + repeat(unit, count) + after);
  EXPECT_TRUE(found.find("nested more than 256 deep") != std::string::npos ||
              found.find("more than 1000 operators in one statement") != std::string::npos ||
              found.find("the file has more than 100000 words and symbols") != std::string::npos)
      << found;
}

INSTANTIATE_TEST_SUITE_P(
    Everything, Nested,
    testing::Values(Nest{"", "(", ""}, Nest{"", "[", ""}, Nest{"", "{", ""}, Nest{"predict ", "(", "x"},
                    Nest{"predict ", "f(", ""}, Nest{"predict ", "[", ""}, Nest{"predict ", "-", "x"},
                    Nest{"predict ", "not ", "x"}, Nest{"predict ", "- not ", "x"},
                    Nest{"predict x", "^x", ""}, Nest{"predict x", "^-x", ""},
                    Nest{"predict x", " == not x", ""}, Nest{"predict x", "+x", ""},
                    Nest{"predict x", "|>f", ""}, Nest{"predict x", ".y", ""}, Nest{"predict x", "()", ""},
                    Nest{"predict x", "[0]", ""}, Nest{"predict x", "<x", ""}, Nest{"predict ", "if ", ""},
                    Nest{"predict if a {}", " else if a {}", ""}, Nest{"predict ", "scan x in ", ""},
                    Nest{"fn f() {", "if a {", ""}, Nest{"fn f() {", "for i in a {", ""},
                    Nest{"fn f(x: ", "fn() -> ", "a) {}"}, Nest{"fn f(x: ", "fn(", ""},
                    Nest{"fn f(x: ", "f32[f(", ""}));

// What is allowed is also survived, at the very edge.
TEST(Nested, TheLimitsThemselvesParse) {
  EXPECT_EQ(quickErrors("predict " + repeat("(", 256) + "x" + repeat(")", 256)), "");
  EXPECT_EQ(quickErrors("predict " + repeat("-", 256) + "x"), "");
  EXPECT_EQ(quickErrors("predict x" + repeat("+x", 1000)), "");
  EXPECT_EQ(quickErrors("predict x" + repeat("^x", 256)), "");
  EXPECT_EQ(quickErrors("fn f() {" + repeat("if a {", 127) + "x" + repeat("}", 127) + "}"), "");
  EXPECT_EQ(quickErrors("predict [" + repeat("-x, not x, a^b,\n", 7000) + "x]"), "");
  EXPECT_EQ(quickErrors("predict " + repeat("(((((((-x + ", 30) + "x" + repeat("+x+x)))))))", 30)), "");
}

TEST(Nested, TheLimitIsReportedWhereItIsPassed) {
  EXPECT_EQ(errors("predict " + repeat("(", 300)), "1:265: nested more than 256 deep\n");
}

TEST(Hostile, LongLists) {
  EXPECT_NE(quickErrors("predict [" + repeat("x,", many) + "x"), "");
  EXPECT_EQ(quickErrors("predict [" + repeat("x,", many / 2 - 10) + "x]"), "");
  EXPECT_EQ(quickErrors("fn f() {\n" + repeat("x = 1\n", 24000) + "}"), "");
  EXPECT_EQ(quickErrors("predict " + std::string(1000000, 'x')), "");
  EXPECT_EQ(quickErrors("predict \"" + std::string(1000000, 'x') + "\""), "");
}

TEST(Hostile, Numbers) {
  EXPECT_EQ(quickErrors("predict 4611686018427387904"), "");
  EXPECT_EQ(quickErrors("predict 9223372036854775807"), "");
  EXPECT_EQ(quickErrors("predict 1e308"), "");
  EXPECT_EQ(quickErrors("predict 1e-999"), "");
  EXPECT_NE(quickErrors("predict 9223372036854775808"), "");
  EXPECT_NE(quickErrors("predict 1e309"), "");
  EXPECT_NE(quickErrors("predict 1e99999999999999999999"), "");
  EXPECT_NE(quickErrors("predict " + std::string(1000000, '9')), "");
  EXPECT_NE(quickErrors("predict " + std::string(1000000, '9') + "%"), "");
}

TEST(Hostile, Bytes) {
  EXPECT_EQ(quickErrors(std::string("predict x\0y", 11)), "1:10: unexpected character U+0000\n");
  EXPECT_NE(quickErrors(std::string(100000, '\0')), "");
  EXPECT_EQ(quickErrors("predict \"\xC3(\""),
            "1:10: byte 0xc3 does not belong to a character: the file must be UTF-8 text\n");
  EXPECT_EQ(quickErrors("predict x\x80"),
            "1:10: byte 0x80 does not belong to a character: the file must be UTF-8 text\n");
  EXPECT_EQ(quickErrors("\xEF\xBB\xBFpredict x"), "");
  EXPECT_EQ(quickErrors("\xEF\xBB\xBF\xEF\xBB\xBFpredict x"), "1:2: unexpected character U+FEFF\n");
  EXPECT_EQ(quickErrors("predict x\r\n"), "");
  EXPECT_EQ(quickErrors("predict\xC2\xA0x"), "1:8: unexpected character U+00A0\n");
}

TEST(Hostile, OpenStrings) {
  EXPECT_EQ(quickErrors("import \"abc\n"), "1:8: string without its closing `\"`\n");
  EXPECT_NE(quickErrors(std::string(100001, '"')), "");
  EXPECT_NE(quickErrors(repeat("\"\n", many)), "");
  EXPECT_NE(quickErrors("import \"" + repeat("\\", many)), "");
}

TEST(Hostile, LargeFiles) {
  EXPECT_EQ(quickErrors(std::string(10 << 20, ' ')), "1:1: the file is larger than 1024 KiB\n");
  EXPECT_EQ(quickErrors(std::string(1 << 20, ' ')), "");
  EXPECT_EQ(quickErrors(std::string(1 << 20, '/')), "");
  EXPECT_EQ(quickErrors(repeat("///\n", 1 << 18)), "");
  EXPECT_NE(quickErrors(std::string(1 << 20, 'a')), "");
  EXPECT_NE(quickErrors(repeat("a ", 1 << 19)), "");
  EXPECT_NE(quickErrors(repeat("$ ", 1 << 19)), "");
  EXPECT_EQ(quickErrors(repeat("\n", 1 << 20)), "");
  EXPECT_NE(quickErrors(repeat(")", 1 << 20)), "");
}

} // namespace nn::test
