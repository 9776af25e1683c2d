// How texts become trees: precedence, literals, and each construct once.
#include "test/parse/Support.h"

namespace nn::test {

// The fully parenthesized form of an expression shows its tree on one line.
static std::string grouped(const ast::Expr &expr) {
  if (auto *binary = llvm::dyn_cast<ast::BinaryExpr>(&expr))
    return "(" + grouped(*binary->left) + " " + std::to_string(static_cast<int>(binary->op)) + " " +
           grouped(*binary->right) + ")";
  if (auto *unary = llvm::dyn_cast<ast::UnaryExpr>(&expr))
    return (unary->op == ast::UnaryOperator::Not ? "(not " : "(-") + grouped(*unary->operand) + ")";
  return ast::toString(expr);
}

static const ast::Expr &only(const Parsed &parsed) {
  auto *function = llvm::cast<ast::FunctionDecl>(parsed.file->declarations.front().get());
  return *llvm::cast<ast::ExprStmt>(function->body.statements.front().get())->value;
}

struct Same {
  const char *text, *meaning;
};

class Precedence : public testing::TestWithParam<Same> {};

TEST_P(Precedence, IsAsWithParentheses) {
  Parsed text(inBody(GetParam().text)), meaning(inBody(GetParam().meaning));
  ASSERT_TRUE(text.file) << text.console();
  ASSERT_TRUE(meaning.file) << meaning.console();
  EXPECT_EQ(grouped(only(text)), grouped(only(meaning)));
}

INSTANTIATE_TEST_SUITE_P(
    Operators, Precedence,
    testing::Values(Same{"a + b * c", "a + (b * c)"}, Same{"a - b - c", "(a - b) - c"},
                    Same{"a / b * c", "(a / b) * c"}, Same{"x @ W + c", "(x @ W) + c"},
                    Same{"-a ^ b", "-(a ^ b)"}, Same{"a ^ b ^ c", "a ^ (b ^ c)"},
                    Same{"a ^ -b ^ c", "a ^ (-(b ^ c))"}, Same{"-a * b", "(-a) * b"},
                    Same{"a .. b + 1", "a .. (b + 1)"}, Same{"a .. b < c", "(a .. b) < c"},
                    Same{"not a == b", "not (a == b)"}, Same{"not a and b", "(not a) and b"},
                    Same{"a or b and c", "a or (b and c)"}, Same{"a or b |> f", "(a or b) |> f"},
                    Same{"a |> f |> g(1)", "(a |> f) |> g(1)"}, Same{"-f(x)[0].y", "-(((f(x))[0]).y)"},
                    Same{"a == b or c == d and not e", "(a == b) or ((c == d) and (not e))"}));

TEST(Tree, OfAnIfChain) {
  EXPECT_EQ(tree(inBody("if a { b } else if c { d } else { e }")), "Function f\n"
                                                                   "  Data\n"
                                                                   "  Body\n"
                                                                   "    Expression\n"
                                                                   "      If\n"
                                                                   "        Name a\n"
                                                                   "        Then\n"
                                                                   "          Expression\n"
                                                                   "            Name b\n"
                                                                   "        ElseIf\n"
                                                                   "          Expression\n"
                                                                   "            If\n"
                                                                   "              Name c\n"
                                                                   "              Then\n"
                                                                   "                Expression\n"
                                                                   "                  Name d\n"
                                                                   "              Else\n"
                                                                   "                Expression\n"
                                                                   "                  Name e\n");
}

TEST(Tree, OfCallsIndicesAndLiterals) {
  EXPECT_EQ(tree("predict f(a, k: 3, \"s\\n\\\"\")[..., 1:, :n].m(10% of train, true)"),
            "Predict\n"
            "  Call\n"
            "    Member m\n"
            "      Index\n"
            "        Call\n"
            "          Name f\n"
            "          Argument\n"
            "            Name a\n"
            "          Argument k\n"
            "            Number 3\n"
            "          Argument\n"
            "            String \"s\\n\\\"\"\n"
            "        ...\n"
            "        Range\n"
            "          From\n"
            "            Number 1\n"
            "        Range\n"
            "          To\n"
            "            Name n\n"
            "    Argument\n"
            "      Share 10% of train\n"
            "    Argument\n"
            "      Boolean true\n");
}

TEST(Tree, OfAModuleWithTwoParameterLists) {
  EXPECT_EQ(tree("/// A line.\n///\n/// Another.\nlayer L(n: int = 3)(x: f32[..., n], y) -> (f32[n], "
                 "class(2)[b]) {\n"
                 "  /// Weights.\n  param W: f32[n] = zeros /// not a doc comment\n  let (a, b) = g(x)\n  "
                 "yield a }"),
            "Layer L -> (f32[n], class(2)[b])\n"
            "  Doc \"A line.\\n\\nAnother.\"\n"
            "  Construction\n"
            "    Parameter n: int\n"
            "      Number 3\n"
            "  Data\n"
            "    Parameter x: f32[..., n]\n"
            "    Parameter y\n"
            "  Body\n"
            "    Doc \"Weights.\"\n"
            "    Param\n"
            "      Binding W: f32[n]\n"
            "        Name zeros\n"
            "    Let (a, b)\n"
            "      Call\n"
            "        Name g\n"
            "        Argument\n"
            "          Name x\n"
            "    Yield\n"
            "      Name a\n");
}

TEST(Tree, OfImports) {
  EXPECT_EQ(tree("import std\nimport std.layers as l\nimport \"a.nn\" as a\n"),
            "Import std\nImport std.layers as l\nImport \"a.nn\" as a\n");
}

TEST(Tree, OfScanAndTraining) {
  EXPECT_EQ(tree("train t on a, b {\n  minimize l = f(x) over D, G with Adam(1)\n  freeze D for 3 epochs\n"
                 "  start best(5)\n  start D from \"w\"\n  let s = scan x, y in a, b along t reverse with h "
                 "= 0 { yield h }\n}"),
            "Train t on a, b\n"
            "  Minimize l\n"
            "    Call\n"
            "      Name f\n"
            "      Argument\n"
            "        Name x\n"
            "    Over\n"
            "      Name D\n"
            "      Name G\n"
            "    With\n"
            "      Call\n"
            "        Name Adam\n"
            "        Argument\n"
            "          Number 1\n"
            "  Freeze\n"
            "    Name D\n"
            "    For epochs\n"
            "      Number 3\n"
            "  Start\n"
            "    Call\n"
            "      Name best\n"
            "      Argument\n"
            "        Number 5\n"
            "  Start\n"
            "    Name D\n"
            "    From\n"
            "      String \"w\"\n"
            "  Let s\n"
            "    Scan x, y along t reverse\n"
            "      In\n"
            "        Name a\n"
            "        Name b\n"
            "      Binding h\n"
            "        Number 0\n"
            "      Body\n"
            "        Yield\n"
            "          Name h\n");
}

TEST(Tree, OfAScanThatMayGoBack) {
  EXPECT_EQ(tree(inBody("scan x in y along t reverse if a or b with h = 0 { h = x }")),
            "Function f\n"
            "  Data\n"
            "  Body\n"
            "    Expression\n"
            "      Scan x along t reverse\n"
            "        In\n"
            "          Name y\n"
            "        ReverseIf\n"
            "          Binary or\n"
            "            Name a\n"
            "            Name b\n"
            "        Binding h\n"
            "          Number 0\n"
            "        Body\n"
            "          Assign h\n"
            "            Name x\n");
}

// With a blank line behind it, or on an import, a doc comment is not the next declaration's.
TEST(Tree, DocCommentsOfAFile) {
  auto docs = [](const std::string &text) {
    Parsed parsed(text);
    EXPECT_TRUE(parsed.file) << parsed.console();
    return parsed.file->doc + " | " + parsed.file->declarations.back()->doc;
  };
  EXPECT_EQ(docs("/// The file.\n\n/// The function.\nfn f() { 1 }\n"), "The file. | The function.");
  EXPECT_EQ(docs("/// The file.\n/// Two lines.\nimport std\n\n/// More.\n\nfn f() { 1 }\n"),
            "The file.\nTwo lines.\n\nMore. | ");
  EXPECT_EQ(docs("/// The function.\n// What it does not say.\nfn f() { 1 }\n"), " | The function.");
  EXPECT_EQ(docs("fn g() { 1 }\n\n/// Of nothing.\n\nfn f() { 1 }\n"), " | ");
}

TEST(Tree, NumbersKeepTheirSpellingAndValue) {
  Parsed parsed("predict [3, 1e-3, 0.5, 4611686018427387904, 9223372036854775807]");
  ASSERT_TRUE(parsed.file) << parsed.console();
  auto *predict = llvm::cast<ast::PredictDecl>(parsed.file->declarations.front().get());
  auto &elements = llvm::cast<ast::ListExpr>(predict->value.get())->elements;
  auto number = [&](size_t i) { return llvm::cast<ast::NumberExpr>(elements[i].get()); };
  EXPECT_TRUE(number(0)->isInteger);
  EXPECT_FALSE(number(1)->isInteger);
  EXPECT_EQ(number(1)->text, "1e-3");
  EXPECT_EQ(number(1)->value, 1e-3);
  EXPECT_FALSE(number(2)->isInteger);
  EXPECT_EQ(number(3)->value, 4611686018427387904.0);
  EXPECT_TRUE(number(4)->isInteger);
}

TEST(Tree, QuantitiesAreSplitIntoValueAndUnit) {
  Parsed parsed("predict [10%, 12deg, 3sd, 5min, 1e2ms, 2h]");
  ASSERT_TRUE(parsed.file) << parsed.console();
  auto *predict = llvm::cast<ast::PredictDecl>(parsed.file->declarations.front().get());
  std::string all;
  for (auto &element : llvm::cast<ast::ListExpr>(predict->value.get())->elements) {
    auto *quantity = llvm::cast<ast::QuantityExpr>(element.get());
    all += std::to_string(static_cast<int>(quantity->value)) + quantity->unit + " ";
  }
  EXPECT_EQ(all, "10% 12deg 3sd 5min 100ms 2h ");
}

TEST(Tree, LocationsAreBytesOfTheFile) {
  const std::string text = "\xEF\xBB\xBFimport \"\xC3\xA4.nn\" as a\r\npredict f(x) + \"\xC3\xA4\" |> g\r\n";
  Parsed parsed(text);
  ASSERT_TRUE(parsed.file) << parsed.console();
  auto slice = [&](Location where) { return text.substr(where.begin, where.end - where.begin); };
  auto *import = llvm::cast<ast::ImportDecl>(parsed.file->declarations[0].get());
  EXPECT_EQ(slice(import->targetWhere), "\"\xC3\xA4.nn\"");
  EXPECT_EQ(slice(import->alias->where), "a");
  auto *pipe = llvm::cast<ast::BinaryExpr>(
      llvm::cast<ast::PredictDecl>(parsed.file->declarations[1].get())->value.get());
  EXPECT_EQ(slice(pipe->where), "f(x) + \"\xC3\xA4\" |> g");
  EXPECT_EQ(slice(pipe->operatorWhere), "|>");
  auto *sum = llvm::cast<ast::BinaryExpr>(pipe->left.get());
  EXPECT_EQ(slice(sum->right->where), "\"\xC3\xA4\"");
  EXPECT_EQ(slice(llvm::cast<ast::CallExpr>(sum->left.get())->argumentsWhere), "(x)");
}

TEST(Tree, OfNothing) {
  for (const char *text :
       {"", "\n\n", "// only a comment", "\xEF\xBB\xBF", ";;", "/// a doc comment of nothing"}) {
    Parsed parsed(text);
    ASSERT_TRUE(parsed.file) << text;
    EXPECT_TRUE(parsed.file->declarations.empty());
  }
}

} // namespace nn::test
