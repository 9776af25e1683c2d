// Printed source parses to the same tree, in one canonical layout.
#include "test/parse/Support.h"
#include <random>

namespace nn::test {

static std::string printed(const std::string &text) {
  Parsed parsed(text);
  return parsed.file ? sourceOf(*parsed.file) : parsed.console();
}

static void expectRoundTrip(const std::string &text) {
  Parsed first(text);
  ASSERT_TRUE(first.file) << first.console();
  std::string source = sourceOf(*first.file);
  Parsed second(source);
  ASSERT_TRUE(second.file) << second.console() << source;
  EXPECT_EQ(treeOf(*second.file), treeOf(*first.file)) << source;
  EXPECT_EQ(sourceOf(*second.file), source);
}

TEST(Printer, OneLayoutForEverySpelling) {
  EXPECT_EQ(printed("import std;import \"a\\\"b.nn\" as b;hyper r:f32=1e-3 in log(1,2)\n"
                    "/// Doc.\nlayer   L( n:int=3 , )(x:f32[ ...,4*n ])->f32[n]{param W:f32[n,n]=init;x@W}"),
            "import std\n"
            "import \"a\\\"b.nn\" as b\n"
            "\n"
            "hyper r: f32 = 1e-3 in log(1, 2)\n"
            "\n"
            "/// Doc.\n"
            "layer L(n: int = 3)(x: f32[..., 4 * n]) -> f32[n] {\n"
            "  param W: f32[n, n] = init\n"
            "  x @ W\n"
            "}\n");
}

TEST(Printer, ParenthesesOnlyWhereNeeded) {
  EXPECT_EQ(printed("predict ((a + (b * c)) - (d - e)) / (f)"), "predict (a + b * c - (d - e)) / f\n");
  EXPECT_EQ(printed("predict (-a)^2 + 2^(-(x^(3)))"), "predict (-a)^2 + 2^-x^3\n");
  EXPECT_EQ(printed("predict 2^(-x)^3"), "predict 2^(-x)^3\n");
  EXPECT_EQ(printed("predict (not a) == (not (b))"), "predict (not a) == (not b)\n");
  EXPECT_EQ(printed("predict (a |> f) |> (g(1)).h"), "predict a |> f |> g(1).h\n");
  EXPECT_EQ(printed("predict f((a, b), (c))"), "predict f((a, b), c)\n");
  EXPECT_EQ(printed("predict (if a { b } else { c }) + 1"), "predict (if a { b } else { c }) + 1\n");
}

TEST(Printer, ALongPipeTakesAStepALine) {
  std::string steps = "Conv(32, kernel: 3) |> BatchNorm() |> relu |> MaxPool(2)";
  EXPECT_EQ(printed("fn f() { let y = image |> " + steps + " |> " + steps + " }"),
            "fn f() {\n"
            "  let y = image\n"
            "    |> Conv(32, kernel: 3)\n    |> BatchNorm()\n    |> relu\n    |> MaxPool(2)\n"
            "    |> Conv(32, kernel: 3)\n    |> BatchNorm()\n    |> relu\n    |> MaxPool(2)\n"
            "}\n");
}

TEST(Printer, BlocksOfOneExpressionStayOnTheLine) {
  EXPECT_EQ(printed("fn f() { if a {b} else if c {d;e} else {} }"), "fn f() {\n"
                                                                    "  if a { b } else if c {\n"
                                                                    "    d\n"
                                                                    "    e\n"
                                                                    "  } else {}\n"
                                                                    "}\n");
}

TEST(Printer, EveryConstructRoundTrips) {
  expectRoundTrip("import a.b.c as d\nimport \"x\\\\y\\t.nn\"");
  expectRoundTrip("fn f(g: fn(f32[...], int) -> fn() -> class(3, k: 2)[b], h = 3) -> (int, f32[]) { g }");
  expectRoundTrip(
      "data d {\n field a: f32[28, 28]\n column b: number |> clip(3sd) |> x.y\n target c: class(2)\n"
      "augment a |> rotate(10deg) |> noise\n validation = 10% of train\n}");
  expectRoundTrip(
      "train t { minimize (if a { b }) over (scan x in y along t { yield x }), z with (if a { b }) }");
  expectRoundTrip(
      "train t { minimize n = (scan x in y along t with h = 0 { yield h }) with Adam\n measure m = a |> b }");
  expectRoundTrip(
      "train t { freeze A, B for (if a { b }) epochs\n start (if a { b })\n start x from (if a { b }) }");
  expectRoundTrip(
      "environment e(k: int) { state x, y: f32 = u(-1, 1)\n action p: class(2)\n observe [x, y]\n x = 1 }");
  expectRoundTrip(
      "fn f() { for i in (if a { b }) { x = i }\n let z: f32[n] = x[..., 1, :, 1:, :2, 1:2]\n -z\n (x, y) }");
  expectRoundTrip(
      "fn f() { (if if a { b } { c }).d[0](1)\n (a, b).c\n [].x\n \"s\".t\n 1 .. 2 .. 3\n 1.5.x }");
  expectRoundTrip("fn f() { a |> f(if c { a |> g(if c { a |> h } else { x = 1; x }) })\n (a or b) |> c\n (a "
                  "|> b) or c }");
  expectRoundTrip(
      "fn f() { scan x in y along t reverse if (if a { b }) { z }\n scan x in y along t reverse if a "
      "|> b with h = 0 { h = x } }");
  expectRoundTrip("select s of t with forward(a, folds: 5)\npredict x |> y\n");
}

// Expressions from a random grammar: whatever tree there is, its text means that tree.
static std::string randomExpression(std::mt19937 &random, int depth) {
  auto inner = [&] { return randomExpression(random, depth - 1); };
  switch (depth == 0 ? random() % 3 : random() % 14) {
  case 0:
    return "x";
  case 1:
    return "2.5";
  case 2:
    return "10% of train";
  case 3:
    return "-" + inner();
  case 4:
    return "not " + inner();
  case 5:
    return "(" + inner() + ")";
  case 6:
    return "(" + inner() + ", " + inner() + ")";
  case 7:
    return "(" + inner() + ")(k: " + inner() + ")";
  case 8:
    return "(" + inner() + ")[" + inner() + ":]";
  case 9:
    return "(if " + inner() + " { " + inner() + " } else { " + inner() + " })";
  case 10:
    return "(" + inner() + " |> f(" + inner() + "))";
  default: {
    const char *const operators[] = {"^", "*", "/", "@", "+", "-", "..", "<", "==", "and", "or"};
    return inner() + " " + operators[random() % std::size(operators)] + " " + inner();
  }
  }
}

TEST(Printer, RandomExpressionsRoundTrip) {
  std::mt19937 random(1);
  for (int i = 0; i < 500; ++i)
    expectRoundTrip("fn f() {\n" + randomExpression(random, 4) + "\n}");
}

} // namespace nn::test
