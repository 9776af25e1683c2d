// Functions that number, look up, pad, stack, repeat and accumulate: their shapes, and what wrong calls are
// told.
#include "test/sema/Support.h"

using namespace nn;
using namespace nn::test;

namespace {

std::string body(const std::string &text) { return errors(withNetwork(text)); }

TEST(Arrange, ShapesFollow) {
  EXPECT_EQ(body("let a: f32[b, 7] = pad(x, 1, 2)\n"
                 "let c: f32[b, 3, 7] = stack([a, a, a], axis: 1)\n"
                 "let d: f32[b, 6, 7] = repeat(cumsum(c, axis: 1), 2, axis: 1)\n"
                 "let e: f32[b, 6, 6] = d @ transpose(d, [0, 2, 1])\n"
                 "let f: f32[b, 2, 3, 6] = reshape(e, [b, 2, 3, 6])\n"
                 "let g: f32[b, 2, 3, 3] = f @ transpose(f, [0, 1, 3, 2])\n"
                 "g |> Flatten() |> Dense(3)"),
            "");
}

TEST(Arrange, ListsOfSizesAreSplicedIntoShapes) {
  EXPECT_EQ(errors(withNetwork("x |> Spliced((2, 2)) |> Dense(3)",
                               "layer Spliced(sizes)(x: f32[b, n]) { param W: f32[sizes, n] = zeros; "
                               "x + reshape(W, [4, n])[0, :] }\n")),
            "");
}

TEST(Arrange, WrongCallsAreRefused) {
  EXPECT_EQ(body("x + arange(0)"), "4:12: `count` is 0, expected 1 to 16777216\n");
  EXPECT_EQ(body("pad(x, -1, 0)"), "4:8: `before` is -1, expected 0 to 16777216\n");
  EXPECT_EQ(body("flip(x, axis: 0)"),
            "4:1: the axis of `flip` is any but the first, which may be the batch\n");
  EXPECT_EQ(body("expand(x, 2, axis: 1) |> Upsample(2, method: \"bilinear\")"),
            "4:26: \"bilinear\" is for two spatial axes, `[b, height, width, c]`; for others there is "
            "\"nearest\"\n");
}

} // namespace
