// Every construct of the standard library is applied once, so that each body is checked.
#include "test/sema/Support.h"

using namespace nn;
using namespace nn::test;
using typed::Op;

namespace {

TEST(Library, EveryLayer) {
  EXPECT_EQ(errors(withNetwork(
                "let i = reshape(x, [b, 2, 2, 1])\n"
                "let j = i |> Conv(4, kernel: (2, 1), stride: (1, 1), padding: \"valid\", bias: false)\n"
                "let k = j |> BatchNorm() |> MaxPool((1, 2)) |> Conv(4, kernel: 1, groups: 2, dilation: 2)\n"
                "(k |> Flatten() |> Dropout(0.1)) + GlobalAvgPool()(j) |> Dense(3)")),
            "");
}

// Values and gradients of activations, losses and optimizers are judged by the `.test` files beside this one.
TEST(Library, EveryInitializer) {
  for (const char *initializer :
       {"zeros", "ones", "constant(0.5)", "glorot_uniform", "glorot_normal", "he_normal", "he_uniform",
        "lecun_normal", "lecun_uniform", "small_random", "large_random", "uniform(-1, 1)", "0.5"})
    EXPECT_EQ(errors(withNetwork(std::string("x |> Dense(3, init: ") + initializer + ")")), "")
        << initializer;
}

TEST(Library, EveryMetric) {
  EXPECT_EQ(
      errors(withData(
          "network Net(x: f32[b, 4]) { x |> Dense(4) }\nnetwork Head(x: f32[b, 4]) { x |> Dense(3) }\n"
          "train t on d { batch = 8; epochs = 2\n"
          "let z = Net(x)\n"
          "minimize mse(z, x) + cross_entropy(Head(z), y) with Adam\n"
          "measure accuracy(Head(z), y); measure top_k(2)(Head(z), y); measure mse(z, x); measure "
          "mae(z, x); measure mape(z, x); measure r2(z, x)\n"
          "measure precision(Head(z), y); measure recall(Head(z), y, positive: 2); measure f1(Head(z), y)\n"
          "measure confusion(Head(z), y); measure perplexity(Head(z), y) }")),
      "");
}

// A list, of numbers or hyperparameters, under a name or not; or a tensor.
TEST(Library, ClassWeights) {
  auto trained = [](const std::string &weights) {
    return errors(withData("hyper heavy: f32 = 2\nnetwork Net(x: f32[b, 4]) { x |> Dense(3) }\n"
                           "train t on d { batch = 8; epochs = 2\nlet rare = [1, 2, heavy]\n"
                           "minimize cross_entropy(Net(x), y, weights: " +
                           weights + ") + 0 * sum(rare) with SGD(0.1) }\n"));
  };
  for (const char *weights : {"[1, 2, 0.5]", "[1, 2, heavy]", "rare", "1 + arange(3)", "heavy * arange(3)"})
    EXPECT_EQ(trained(weights), "") << weights;
  for (const char *weights : {"[1, 2]", "\"rare\"", "arange(4)"})
    EXPECT_NE(trained(weights), "") << weights;
}

TEST(Library, SchedulesAreFilledIn) {
  for (const char *optimizer : {"SGD", "Adam(cosine(3e-4))", "clip_norm(1) |> decay(1e-4) |> Adam(1e-3)"})
    EXPECT_EQ(
        errors(withData(
            std::string("network Net(x: f32[b, 4]) { x |> Dense(3) }\ntrain t on d { batch = 8; epochs = 2\n"
                        "minimize cross_entropy(Net(x), y) with ") +
            optimizer + " }")),
        "")
        << optimizer;
}

TEST(Library, ReluHasNoGradientAtZero) {
  Analyzed a(withNetwork("x |> relu |> Dense(3)"));
  ASSERT_TRUE(a.program) << a.errors();
  const typed::Graph &graph = a.graph("t.eval");
  EXPECT_EQ(count(graph, Op::Max), 0) << "a maximum would share the gradient between equals";
  for (const typed::Node &node : graph.nodes) {
    if (node.op == Op::Compare) {
      EXPECT_EQ(node.attributes.text, "gt");
    }
  }
}

TEST(Library, TheExamplesOfTheRepositoryCompile) {
  for (const char *example : {"digits", "mnist", "mnist-mlp"}) {
    SourceManager sources;
    DiagnosticEngine engine;
    std::string error;
    auto file = sources.addFile(std::string(NN_STDLIB_DIR) + "/../examples/" + example + "/model.nn", error);
    ASSERT_TRUE(file) << error;
    EXPECT_TRUE(analyze(*file, sources, engine, {NN_STDLIB_DIR, {}}))
        << (engine.all().empty() ? "" : engine.all()[0].message);
  }
}

} // namespace
