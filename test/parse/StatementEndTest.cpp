// Where a statement ends and where it goes on, and when a soft word is a name.
#include "test/parse/Support.h"

namespace nn::test {

// How often a body of these lines was read as a statement of its own.
static size_t statements(const std::string &lines) {
  Parsed parsed(inBody(lines));
  EXPECT_TRUE(parsed.file) << parsed.console();
  if (!parsed.file)
    return 0;
  return llvm::cast<ast::FunctionDecl>(parsed.file->declarations.front().get())->body.statements.size();
}

TEST(StatementEnd, ALineOrASemicolonEndsOne) {
  EXPECT_EQ(statements("a\nb"), 2u);
  EXPECT_EQ(statements("a; b;; c;"), 3u);
  EXPECT_EQ(statements("a\r\nb\r\n"), 2u);
  EXPECT_EQ(statements("a // comment\n// comment\n\nb"), 2u);
  EXPECT_EQ(statements(""), 0u);
}

TEST(StatementEnd, NotInsideParenthesesOrBrackets) {
  EXPECT_EQ(statements("f(a,\n b\n)"), 1u);
  EXPECT_EQ(statements("[a\n,\nb\n]"), 1u);
}

TEST(StatementEnd, AgainInsideBraces) {
  EXPECT_EQ(statements("f(if c {\n a\n b\n} else { d })"), 1u);
  EXPECT_EQ(tree(inBody("f(if c { a\n -b })")), tree(inBody("f(if c { a; -b })")));
}

TEST(StatementEnd, NotBehindAnOperatorOrComma) {
  for (const char *op : {"+", "-", "*", "/", "@", "^", "..", "<", "<=", ">", ">=", "==", "!=", "and", "or"})
    EXPECT_EQ(statements(std::string("a ") + op + "\nb"), 1u) << op;
  EXPECT_EQ(statements("a |>\nb"), 1u);
  EXPECT_EQ(statements("x =\na"), 1u);
  EXPECT_EQ(statements("not\na"), 1u);
  EXPECT_EQ(statements("state m = 0,\nv = 0"), 1u);
}

TEST(StatementEnd, NotBeforeABinaryOperator) {
  for (const char *op : {"|>", "+", "*", "/", "@", "^", "..", "<", "<=", ">", ">=", "==", "!=", "and", "or"})
    EXPECT_EQ(statements(std::string("a\n") + op + " b"), 1u) << op;
  EXPECT_EQ(statements("if a { b }\nelse { c }"), 1u);
  EXPECT_EQ(statements("minimize a\nover b\nwith c"), 1u);
}

TEST(StatementEnd, AMinusBeginsAStatement) {
  EXPECT_EQ(statements("a\n-b"), 2u);
  EXPECT_EQ(statements("a\n(b)"), 2u);
  EXPECT_EQ(statements("a\n[b]"), 2u);
  EXPECT_EQ(statements("a\nnot b"), 2u);
}

TEST(SoftWords, AreNamesWhereTheyBeginNothing) {
  const char *const words[] = {
      "data",    "layer",  "network", "loss",   "metric", "initializer", "optimizer", "environment", "train",
      "predict", "select", "state",   "action", "field",  "column",      "target",    "augment",     "start",
      "freeze",  "on",     "of",      "from",   "along",  "reverse",     "as"};
  for (std::string word : words) {
    EXPECT_EQ(statements(word + " = 1"), 1u) << word;
    EXPECT_EQ(statements("let " + word + " = " + word + " + x." + word), 1u) << word;
    EXPECT_EQ(statements(word + "(1)"), 1u) << word;
    EXPECT_EQ(statements("f(" + word + ": 1, " + word + ")"), 1u) << word;
    EXPECT_EQ(statements(word + " - 1"), 1u) << word;
    EXPECT_TRUE(Parsed("fn " + word + "(" + word + ": " + word + ") { " + word + " }").file) << word;
  }
}

TEST(SoftWords, ReservedWordsAreNoNames) {
  for (std::string word :
       {"import", "hyper", "let",  "param", "minimize", "measure", "observe", "yield", "for",  "if",   "else",
        "scan",   "in",    "over", "with",  "fn",       "and",     "or",      "not",   "true", "false"})
    EXPECT_EQ(errors("fn " + word + "() {}"),
              "1:4: unexpected reserved word `" + word + "`, expected a name\n");
}

} // namespace nn::test
