// Sizes are inferred wherever they stand alone, in any order, and checked where they are computed.
#include "test/sema/Support.h"

using namespace nn;
using namespace nn::test;

namespace {

TEST(Sizes, AreInferredInAnyOrder) {
  EXPECT_EQ(errors(withNetwork("pairs(x, x[:, 0:2]) |> Dense(3)",
                               "fn pairs(x: f32[b, 2*k], y: f32[b, k]) -> f32[b, k] { x[:, 0:k] + y }\n")),
            "");
  EXPECT_EQ(errors(withNetwork("square(expand(x, 2, axis: 2)) |> Dense(3)",
                               "fn square(x: f32[b, 2*k, k]) -> f32[b, k] { mean(x, axis: 1) }\n")),
            "");
}

TEST(Sizes, ComputedOnesAreChecked) {
  Analyzed a(withNetwork("pairs(x, x[:, 0:1]) |> Dense(3)",
                         "fn pairs(x: f32[b, 2*k], y: f32[b, k]) -> f32[b, k] { x[:, 0:k] + y }\n"));
  ASSERT_EQ(a.errors(), "5:7: `x` is `f32[b, 4]`, expected `f32[b, 2*k]`\n");
  EXPECT_EQ(a.diagnostics.all()[0].notes, (std::vector<std::string>{"`2*k` is 2, not 4"}));
}

TEST(Sizes, ThatAreNoneAreSaidOnce) {
  EXPECT_EQ(errors(withNetwork("x |> Third() |> Dense(3)",
                               "layer Third()(x: f32[b, n]) -> f32[b, n/3] { x[:, 0:2] }\n")),
            "3:39: a size is 1.3333333333333333, expected a whole number\n");
  EXPECT_EQ(errors(withNetwork("x |> Third() |> Dense(3)",
                               "layer Third()(x: f32[b, n]) -> f32[b, ceil(n/3)] { x[:, 0:2] }\n")),
            "");
}

TEST(Sizes, EllipsisIsOneShapeInADeclaration) {
  const std::string add = "fn both(x: f32[...], y: f32[...]) -> f32[...] { x + y }\n";
  EXPECT_EQ(errors(withNetwork("both(x, 2*x) |> Dense(3)", add)), "");
  EXPECT_EQ(errors(withNetwork("both(reshape(x, [b, 2, 2]), x) |> Dense(3)", add)),
            "5:29: `y` is `f32[b, 4]`, expected `f32[...]`\n");
}

TEST(Sizes, AListIsATensor) {
  Analyzed a(withNetwork("x * [1, 2, 0.5, r] |> Dense(3)", "hyper r: f32 = 4\n"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(count(a.graph("t.eval"), typed::Op::Concat), 1);
  EXPECT_EQ(errors(withNetwork("x @ [[1, 2, 3], [1, 0, 0], [0, 1, 0], [0, 0, 1]] |> Dense(3)")), "");
  EXPECT_EQ(errors(withNetwork("x * [1, 2, 3] |> Dense(3)")),
            "4:3: `*` cannot combine `[b, 4]` with `[3]`\n");
  EXPECT_EQ(errors(withNetwork("x * sum([[1, 2], [3]]) |> Dense(3)")),
            "4:9: found a list of unequal parts, expected parts of one shape\n");
}

} // namespace
