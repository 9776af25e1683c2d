// Programs made to exhaust the compiler end with a message, quickly.
#include "test/sema/Support.h"

using namespace nn::test;

namespace {

TEST(Hostile, SizesOf2To62) {
  EXPECT_EQ(errors(withNetwork("x |> Dense(4611686018427387904, bias: false)")),
            "4:6: `[4, 4611686018427387904]` is too large: a tensor has at most 4294967296 elements\n");
  EXPECT_EQ(errors(withNetwork("expand(x, 4611686018427387904)")),
            "4:1: `[4611686018427387904, b, 4]` is too large: a tensor has at most 4294967296 elements\n");
  EXPECT_EQ(errors("data d { train = blobs(1); field x: f32[4611686018427387904, 4] }"),
            "1:37: `[4611686018427387904, 4]` is too large: a tensor has at most 4294967296 elements\n");
  EXPECT_EQ(errors(withNetwork("x |> Dense(4611686018427387904 * 4611686018427387904)")),
            "4:32: the result of `*` is beyond whole numbers of 64 bits\n");
}

TEST(Hostile, EndlessRecursion) {
  EXPECT_EQ(errors(withNetwork("A()(x)", "layer A()(x: f32[...]) { x |> A() }\n")),
            "3:31: `A` nests too deeply: does it build itself without end?\n");
  EXPECT_EQ(errors(withNetwork("f(x)", "fn f(x) { g(x) }\nfn g(x) { f(x) }\n")),
            "4:11: `f` nests too deeply: does it build itself without end?\n");
  EXPECT_EQ(errors(withNetwork("Net(x)")),
            "4:1: `Net` nests too deeply: does it build itself without end?\n");
}

TEST(Hostile, DeepRecursionThroughLongExpressions) {
  std::string sum = "f(x)";
  for (int i = 0; i < 900; ++i)
    sum += " + x";
  std::string message = errors(withNetwork("f(x)", "fn f(x) { " + sum + " }\n"));
  EXPECT_NE(message.find("`f` nests too deeply"), std::string::npos) << message;
}

TEST(Hostile, ManyTurns) {
  EXPECT_EQ(errors(withNetwork("let y = x\nfor i in 0..4611686018427387904 { y = relu(y) }\ny |> Dense(3)")),
            "5:10: `for` takes at most 10000 turns\n");
  EXPECT_EQ(errors(withNetwork(
                       "let y = x\nfor i in 0..9999 { for j in 0..9999 { for k in 0..9999 { y = y + 1 } } }\n"
                       "y |> Dense(3)"))
                    .find("the program becomes too large to compile") != std::string::npos,
            true);
}

TEST(Hostile, DoublingCallsAreMadeOnce) {
  std::string functions = "fn f0(x) { x + 1 }\n";
  for (int i = 1; i <= 60; ++i) {
    std::string last = "L" + std::to_string(i - 1);
    functions += "layer L" + std::to_string(i) + "()(x: f32[...]) { " +
                 (i == 1 ? "f0(x) + f0(x)" : "let l = " + last + "(); l(x) + l(x)") + " }\n";
  }
  EXPECT_EQ(errors(withNetwork("x |> L60() |> Dense(3)", functions)), "");
}

TEST(Hostile, DoublingFunctionsEnd) {
  std::string functions = "fn f0(x) { x + 1 }\n";
  for (int i = 1; i <= 60; ++i) {
    std::string last = "f" + std::to_string(i - 1);
    functions += "fn f" + std::to_string(i) + "(x) { " + last + "(x) + " + last + "(x) }\n";
  }
  EXPECT_NE(errors(withNetwork("f60(x)", functions)).find("too large to compile"), std::string::npos);
}

TEST(Hostile, EmptyFile) { EXPECT_EQ(errors(""), ""); }

} // namespace
