// The canonical layout keeps what the author wrote: the meaning, every comment, one blank line. Shown on each
// `.nn` file of the repository, and on these with comments strewn between their tokens.
#include "test/parse/Support.h"
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

namespace nn::test {
namespace {

std::vector<std::string> allFiles() {
  std::vector<std::string> files;
  for (const char *folder : {"stdlib", "examples", "test", "bench"})
    for (const auto &entry :
         std::filesystem::recursive_directory_iterator(std::string(NN_ROOT) + "/" + folder))
      if (entry.path().extension() == ".nn")
        files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string read(const std::string &path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::multiset<std::string> commentsOf(const ast::File &file) {
  std::multiset<std::string> all;
  for (const ast::Comment &comment : file.trivia.comments)
    all.insert(comment.text.substr(std::min(comment.text.size(), comment.text.find_first_not_of('/'))));
  return all;
}

// Same tree, same comments, and formatting again changes nothing. False if the text is no program.
bool expectFaithful(const std::string &text) {
  Parsed first(text);
  if (!first.file)
    return false;
  std::string source = sourceOf(*first.file);
  Parsed second(source);
  EXPECT_TRUE(second.file) << second.console() << source;
  if (!second.file)
    return true;
  EXPECT_EQ(treeOf(*second.file), treeOf(*first.file)) << source;
  EXPECT_EQ(commentsOf(*second.file), commentsOf(*first.file)) << text << "\n=>\n" << source;
  EXPECT_EQ(sourceOf(*second.file), source) << text;
  return true;
}

TEST(Format, EveryFileOfTheRepository) {
  int count = 0;
  for (const std::string &path : allFiles())
    count += expectFaithful(read(path));
  EXPECT_GT(count, 20);
}

// A comment may stand between any two tokens where a line may end.
TEST(Format, CommentsBetweenAnyTokens) {
  for (const std::string &path : allFiles()) {
    std::string text = read(path);
    if (text.size() > 5000)
      continue;
    std::seed_seq seed(text.begin(), text.end()); // another file changes nothing for this one
    std::mt19937 random(seed);
    for (int round = 0; round < 40; ++round) {
      std::string strewn;
      int number = 0;
      for (size_t i = 0; i < text.size(); ++i) {
        strewn += text[i];
        bool isBreak = std::string(" ,([{+|").find(text[i]) != std::string::npos;
        if (isBreak && random() % 12 == 0)
          strewn += (random() % 2 ? "// c" : "\n\n\n  // d") + std::to_string(++number) + "\n";
      }
      expectFaithful(strewn);
      if (HasFailure())
        return;
    }
  }
}

std::string formatted(const std::string &text) {
  Parsed parsed(text);
  return parsed.file ? sourceOf(*parsed.file) : parsed.console();
}

TEST(Format, CommentsStayWhereTheyStand) {
  const std::string text = "// About the file.\n"
                           "\n"
                           "import std // all of it\n"
                           "\n"
                           "/// The net.\n"
                           "network N(\n"
                           "  x: f32[b, 2], // the points\n"
                           "  // nothing else\n"
                           "  y: f32[b, 2]\n"
                           ") { // begins\n"
                           "  // first\n"
                           "  let z = x + y // sum\n"
                           "\n"
                           "  z\n"
                           "    // the first layer\n"
                           "    |> Dense(2) // small\n"
                           "    |> f(\n"
                           "      1, // one\n"
                           "      2\n"
                           "    )\n"
                           "  // last\n"
                           "}\n"
                           "// end\n";
  EXPECT_EQ(formatted(text), text);
}

// The first was behind the default before its list was set on one line.
TEST(Format, CommentsStayInTheirParameterList) {
  const std::string text = "layer A(eps: f32 = 1e-5)( // why\n"
                           "  x: f32[..., c]\n"
                           "  // the data\n"
                           ") { x }\n"
                           "\n"
                           "optimizer B(\n"
                           "  rate: f32\n"
                           "  // of all\n"
                           ")(w, g) { w = w - rate * g }\n";
  EXPECT_EQ(formatted(text), text);
  EXPECT_EQ(formatted(formatted("layer A(\n  eps: f32 // why\n  = 1e-5)(x: f32[..., // c\n c]) { x }")),
            formatted("layer A(\n  eps: f32 // why\n  = 1e-5)(x: f32[..., // c\n c]) { x }"));
}

TEST(Format, ALineDoesNotEndWithinAType) {
  EXPECT_EQ(
      formatted(
          "layer Both(units: int, cell: layer = LSTM)(x: f32[b, t, n], a_rather_long_name_of_a_mask = true) "
          "-> f32[b, t, 2 * units] { x }"),
      "layer Both(units: int, cell: layer = LSTM)(\n"
      "  x: f32[b, t, n],\n"
      "  a_rather_long_name_of_a_mask = true\n"
      ") -> f32[b, t, 2 * units] { x }\n");
}

TEST(Format, AtMostOneBlankLine) {
  EXPECT_EQ(formatted("\n\nfn f() {\n\n\n  let a = 1\n\n\n\n  a\n\n}\n\n\n\nfn g() { 1 }\nfn h() { 2 }\n\n"),
            "fn f() {\n  let a = 1\n\n  a\n}\n\nfn g() { 1 }\nfn h() { 2 }\n");
}

TEST(Format, StepsOfAPipeKeepTheirLines) {
  const std::string text = "fn f(x) {\n"
                           "  x\n"
                           "    |> a |> b\n"
                           "    |> c |> d\n"
                           "}\n";
  EXPECT_EQ(formatted(text), text);
}

TEST(Format, LongListsTakeAnElementALine) {
  std::string argument = "a_rather_long_name_of_an_argument: 1000";
  EXPECT_EQ(formatted("predict f(" + argument + "," + argument + "," + argument + ")"),
            "predict f(\n  " + argument + ",\n  " + argument + ",\n  " + argument + "\n)\n");
  std::string term = "a_rather_long_name_of_a_term_of_a_sum";
  EXPECT_EQ(formatted("fn f() { let y = " + term + "+" + term + "-" + term + " }"),
            "fn f() {\n  let y = " + term + " +\n    " + term + " -\n    " + term + "\n}\n");
}

} // namespace
} // namespace nn::test
