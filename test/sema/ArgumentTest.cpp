// What may be passed: functions, layers, losses, initializers and optimizers, by name or built.
#include "test/sema/Support.h"

using namespace nn;
using namespace nn::test;

namespace {

std::string parameters(const std::string &body, const std::string &before) {
  Analyzed a(withNetwork(body, before));
  EXPECT_TRUE(a.program) << a.errors();
  return a.program ? ports(a.graph("init").results) : "";
}

TEST(Arguments, ALayerIsAFunctionBuiltWithItsDefaults) {
  const std::string keep = "layer Keep(f: fn(f32[...]) -> f32[...] = relu)(x: f32[..., n]) { x + f(x) }\n"
                           "layer Gain(k: f32 = 1)(x: f32[..., n]) { param g: f32[n] = ones\n k * g * x }\n";
  EXPECT_EQ(parameters("x |> Keep(Gain) |> Keep |> Keep(f: tanh) |> Dense(3, bias: false)", keep),
            "parameter Net.Keep_1.Gain_1.g\nparameter Net.Dense_1.W\n");
}

TEST(Arguments, ABuiltLayerKeepsItsWeights) {
  EXPECT_EQ(
      parameters("let same = Dense(4, bias: false)\nx |> Keep(same) |> Keep(same) |> Dense(3, bias: false)",
                 "layer Keep(f: fn(f32[...]) -> f32[...])(x: f32[..., n]) { x + f(x) }\n"),
      "parameter Net.same.W\nparameter Net.Dense_1.W\n");
}

TEST(Arguments, ALayerIsBuiltWithWhatItIsGiven) {
  EXPECT_EQ(
      parameters("x |> Twice(Dense) |> Dense(3, bias: false)",
                 "layer Twice(inner: layer)(x: f32[..., n]) { x |> inner(n, bias: false) |> inner(2, bias: "
                 "false) }\n"),
      "parameter Net.Twice_1.Dense_1.W\nparameter Net.Twice_1.Dense_2.W\nparameter Net.Dense_1.W\n");
}

TEST(Arguments, InitializersAreWrapped) {
  EXPECT_EQ(
      parameters(
          "x |> L(scaled(uniform(-1, 1), 0.1)) |> L() |> L(init: zeros)",
          "initializer scaled(base: initializer = normal, k: f32 = 2)(shape: int[r]) { k * base[shape] }\n"
          "layer L(init: initializer = scaled)(x: f32[..., n]) { param W: f32[n, 3] = init\n x @ W }\n"),
      "parameter Net.L_1.W\nparameter Net.L_2.W\nparameter Net.L_3.W\n");
}

std::string trained(const std::string &loss, const std::string &optimizer, const std::string &before) {
  return errors(withData(before +
                         "network Net(x: f32[b, 4]) { x |> Dense(3) }\ntrain t on d { batch = 8; epochs = 2\n"
                         "let fast = Adam(1e-2)\nminimize " +
                         loss + " with " + optimizer + " |> fast }"));
}

TEST(Arguments, LossesByNameOrBuilt) {
  const std::string twice =
      "loss twice(p: f32[..., k], q: class(k)[...], base: loss = cross_entropy) -> f32 { 2 * base(p, q) }\n";
  for (const char *base : {"", ", base: focal", ", base: focal(1)", ", cross_entropy"})
    EXPECT_EQ(trained("twice(Net(x), y" + std::string(base) + ")", "clip_norm(1)", twice), "") << base;
}

TEST(Arguments, OptimizersByName) {
  EXPECT_EQ(trained("cross_entropy(Net(x), y)", "careful(decay(1e-3))",
                    "fn careful(o: optimizer) { clip_value(1) |> o |> clip_norm(1) }\n"),
            "");
}

TEST(Arguments, SetsHaveUnits) {
  const std::string text =
      withNetwork("x * wait + drop |> Dense(3)", "hyper drop: f32 = 10%\nhyper wait: f32 = 2min\n");
  Analyzed a(text, {{"wait", "6min"}, {"drop", "5%"}});
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(a.program->hypers[0].value, 0.05);
  EXPECT_EQ(a.program->hypers[1].value, 360);
  for (const char *wrong : {"6mins", "min", "6 min", "3sd"})
    EXPECT_FALSE(Analyzed(text, {{"wait", wrong}}).program) << wrong;
}

TEST(Arguments, UnitsAreNumbers) {
  Analyzed a(
      withNetwork("x * 20% + cos(turn) * wait |> Dropout(drop) |> Dense(3)",
                  "hyper drop: f32 = 10% in [5%, 10%]\nhyper turn: f32 = 180deg\nhyper wait: f32 = 2min\n"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(a.program->hypers[0].value, 0.1);
  EXPECT_DOUBLE_EQ(a.program->hypers[1].value, 3.14159265358979323846);
  EXPECT_EQ(a.program->hypers[2].value, 120);
  EXPECT_EQ(errors(withNetwork("x * 3sd |> Dense(3)")), "4:5: found `3sd`, expected a tensor\n");
}

} // namespace
