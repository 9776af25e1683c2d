// What programs may say and what it means: values known when compiling, building and applying, sharing,
// state.
#include "test/sema/Support.h"

using namespace nn;
using namespace nn::test;
using typed::Op;

namespace {

std::string slotNames(const std::string &body, const std::string &before = "") {
  Analyzed a(withNetwork(body, before));
  EXPECT_TRUE(a.program) << a.errors();
  return a.program ? ports(a.graph("init").results) : "";
}

TEST(Language, ATextIsWindowsOfClasses) {
  Analyzed a(
      "import std\ndata book { train = text(\"b.txt\"); test = 20% of train; field now: class(7)[16]; "
      "field next: class(7)[16] }\n"
      "network Net(x: class(7)[b, t]) -> f32[b, t, 7] { one_hot(x) |> Dense(7) }\n"
      "train t on book { batch = 8; epochs = 1; minimize cross_entropy(Net(now), next) with SGD(0.1) }\n"
      "predict Net(now)");
  ASSERT_TRUE(a.program) << a.errors();
  const typed::DataSet &data = a.program->data[0];
  EXPECT_DOUBLE_EQ(data.testShare, 0.2);
  EXPECT_EQ(data.fields[0].steps[0].name, "vocabulary");
  for (const typed::Port &port : a.graph("t.step").arguments) {
    if (port.role == "field") {
      EXPECT_EQ(port.type.shape, (std::vector<typed::Dim>{{1, true}, {16, false}}));
      EXPECT_EQ(port.type.classes, 7);
    }
  }
  EXPECT_EQ(a.graph("predict").results[0].type.shape,
            (std::vector<typed::Dim>{{1, true}, {16, false}, {7, false}}));
}

TEST(Language, ATextHasNoOtherFields) {
  auto book = [](const std::string &rest) {
    return errors("data book { train = text(\"b.txt\"" + rest + " }");
  };
  EXPECT_EQ(book("); field x: f32[4]"),
            "1:42: found `f32[4]`, expected a window of characters, as `class(65)[128]`\n");
  EXPECT_EQ(book("); field x: class(7)[4]; field y: class(7)[5]"),
            "1:64: `y` is `class(7)[5]`, expected `class(7)[4]`\n");
  EXPECT_EQ(book("); field x: class(7)[4]; field y: class(7)[4]; field z: class(7)[4]"),
            "1:86: `text` has 3 values, expected 1 or 2\n");
  EXPECT_EQ(book("); test = idx(\"c\"); field x: class(7)[4]"),
            "1:36: found `idx`, expected `text`, as the other parts\n");
  EXPECT_EQ(book("); test = text(\"c\", unknown: true); field x: class(7)[4]"),
            "1:36: `text` has no parameter `unknown`\n");
  EXPECT_EQ(book(", stride: 3); field x: class(7)[4]"), "1:35: `text` has no parameter `stride`\n");
  EXPECT_EQ(errors("data book { train = text(); field x: class(7)[4] }"),
            "1:21: `text` needs a value for `file`\n");
}

TEST(Language, ATextByWordsHasAVocabularyOfWords) {
  auto book = [](const std::string &rest) {
    return Analyzed("data book { train = text(\"b.txt\", by: " + rest + " }");
  };
  Analyzed good = book("words, unknown: true); test = text(\"c.txt\"); field now: class(70)[16]");
  ASSERT_TRUE(good.program) << good.errors();
  const typed::Call &step = good.program->data[0].fields[0].steps[0];
  EXPECT_EQ(step.name, "vocabulary");
  EXPECT_EQ(step.arguments[0].number, 1);
  EXPECT_EQ(step.arguments[1].text, "words");
  EXPECT_EQ(book("characters); field now: class(7)[16]").errors(), "");
  EXPECT_EQ(book("lines); field now: class(7)[16]").errors(), "1:39: unknown word `lines`\n");
  EXPECT_EQ(book("\"words\"); field now: class(7)[16]").errors(),
            "1:39: unknown word `\"words\"`; did you mean `words`?\n");
  EXPECT_EQ(book("words); field now: f32[16]").errors(),
            "1:53: found `f32[16]`, expected a window of words, as `class(2000)[32]`\n");
  EXPECT_EQ(book("words); test = text(\"c.txt\", by: words); field now: class(7)[16]").errors(),
            "1:47: `text` has no parameter `by`\n");
}

TEST(Language, BoundLayersShareTheirWeights) {
  EXPECT_EQ(slotNames("let e = Dense(4, bias: false)\nx |> e |> e |> Dense(3, bias: false)"),
            "parameter Net.e.W\nparameter Net.Dense_1.W\n");
}

TEST(Language, ASharedLayerCountsOnceInTheSummary) {
  Analyzed a(withNetwork("let e = Dense(4)\nx |> e |> e |> Dense(3)"));
  ASSERT_TRUE(a.program) << a.errors();
  std::vector<std::pair<std::string, int64_t>> rows;
  for (const typed::Layer &layer : a.program->layers)
    rows.push_back({layer.path, layer.parameters});
  EXPECT_EQ(rows,
            (std::vector<std::pair<std::string, int64_t>>{{"Net.e", 20}, {"Net.e", 0}, {"Net.Dense_1", 15}}));
}

TEST(Language, EachTurnBuildsItsOwn) {
  EXPECT_EQ(
      slotNames("let y = x\nfor i in 0..3 { y = y |> Dense(4, bias: false) }\ny |> Dense(3, bias: false)"),
      "parameter Net.Dense_1.W\nparameter Net.Dense_2.W\nparameter Net.Dense_3.W\nparameter Net.Dense_4.W\n");
  EXPECT_EQ(slotNames("let y = x\nfor i in 0..2 { let e = Dense(4, bias: false)\n y = e(y) }\ny[:, 0:3]"),
            "parameter Net.e.W\nparameter Net.e_2.W\n");
}

TEST(Language, NestedLayersHavePaths) {
  EXPECT_EQ(slotNames("x |> Two(8)", "layer Two(k: int)(x: f32[..., n]) { let d = Dense(k, bias: false)\n"
                                     "x |> d |> Dense(3, bias: false) }\n"),
            "parameter Net.Two_1.d.W\nparameter Net.Two_1.Dense_1.W\n");
}

TEST(Language, FunctionsAndInitializersArePassed) {
  EXPECT_EQ(slotNames("x |> Act(f: tanh) |> Act(f: relu) |> Dense(3, init: he_normal, bias: false)",
                      "layer Act(f: fn(f32[...]) -> f32[...] = relu)(x: f32[...]) { f(x) }\n"),
            "parameter Net.Dense_1.W\n");
}

TEST(Language, SizesAreComputed) {
  Analyzed a(withNetwork("param W: f32[n, 2*k + 4^2/8] = zeros\nx @ W |> Dense(3)", "hyper k: int = 3\n"));
  EXPECT_EQ(a.errors(), "5:14: unknown name `n`\n");
  Analyzed c(withNetwork("x |> Wide(3)",
                         "layer Wide(k: int)(x: f32[..., n]) {\nparam W: f32[n, 2*k + 4^2/8 - floor(7/2)] = "
                         "zeros\nx @ W |> Dense(3) }\n"));
  ASSERT_TRUE(c.program) << c.errors();
  EXPECT_EQ(c.graph("init").results[0].type.shape, (std::vector<typed::Dim>{{4, false}, {5, false}}));
}

TEST(Language, KnownConditionsChooseWhenCompiling) {
  Analyzed a(withNetwork("let y = if training { x |> relu } else { x }\ny |> Dense(3)"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(count(a.graph("t.step"), Op::Compare), 1);
  EXPECT_EQ(count(a.graph("t.eval"), Op::Compare), 0);
}

TEST(Language, AFloatHyperInAConditionIsCompiled) {
  Analyzed a(withNetwork("let y = if r > 0.5 { x |> relu } else { x }\ny * s |> Dense(3)",
                         "hyper r: f32 = 0.7; hyper s: f32 = 2\n"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_TRUE(a.program->hypers[0].compiled);
  EXPECT_FALSE(a.program->hypers[1].compiled);
  EXPECT_EQ(ports(a.graph("t.step").arguments).find("hyper r"), std::string::npos);
  EXPECT_NE(ports(a.graph("t.step").arguments).find("hyper s"), std::string::npos);
}

TEST(Language, AHyperMayScaleInitialValues) {
  Analyzed a(withNetwork("param W: f32[4, 3] = normal(0, 2*s)\nx @ W", "hyper s: f32 = 2\n"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(ports(a.graph("init").arguments), "hyper s\nseed seed\n");
}

TEST(Language, EpochsAreReadByTheRuntimeAndBatchIsCompiled) {
  Analyzed a(withData("hyper e: int = 5; hyper n: int = 16\nnetwork Net(x: f32[b, 4]) { x |> Dense(3) }\n"
                      "train t on d { batch = n; epochs = e; minimize cross_entropy(Net(x), y) with SGD }"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(a.program->trains[0].epochsHyper, 0);
  EXPECT_EQ(a.program->trains[0].batchHyper, 1);
  EXPECT_EQ(a.program->trains[0].batch, 16);
  EXPECT_FALSE(a.program->hypers[0].compiled);
  EXPECT_TRUE(a.program->hypers[1].compiled);
}

TEST(Language, MeasureLooksForAMetricFirst) {
  Analyzed a(withData(
      "loss f(p: f32[b, k], q: class(k)[b]) { cross_entropy(p, q) }\n"
      "metric f(p: f32[b, k], q: class(k)[b]) { accuracy(p, q) }\n"
      "network Net(x: f32[b, 4]) { x |> Dense(3) }\n"
      "train t on d { batch = 8; epochs = 2; minimize f(Net(x), y) with SGD\nmeasure f(Net(x), y) }"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(count(a.graph("t.eval"), Op::ArgMax), 1);
  EXPECT_EQ(ports(a.graph("t.eval").results), "term loss\ntotal 0\n");
}

TEST(Language, TermsAreNamedAfterTheirCalls) {
  Analyzed a(withData("loss size(p: f32[...]) { mean(p*p) }\nnetwork Net(x: f32[b, 4]) { x |> Dense(3) }\n"
                      "train t on d { batch = 8; epochs = 2\n"
                      "minimize cross_entropy(Net(x), y) + 0.3 * size(Net(x)) - size(x) with SGD }"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(ports(a.graph("t.eval").results), "term loss\nterm cross_entropy\nterm size\nterm size_2\n");
}

TEST(Language, AWeightPenaltyMayComeFirst) {
  Analyzed a(withData("network Net(x: f32[b, 4]) { x |> Dense(3) }\ntrain t on d { batch = 8; epochs = 2\n"
                      "minimize l2(Net, 1e-4) + cross_entropy(Net(x), y) with SGD }"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(count(a.graph("t.eval"), Op::Reduce), 5)
      << "maximum and sum of the softmax, pick, mean, and the weights' squares";
}

TEST(Language, OverChoosesTheParameters) {
  Analyzed a(
      withData("network A(x: f32[b, 4]) { x |> Dense(4) }\nnetwork B(x: f32[b, 4]) { A(x) |> Dense(3) }\n"
               "network C(x: f32[b, 3]) { x |> Dense(3) }\n"
               "train t on d { batch = 8; epochs = 2; minimize cross_entropy(C(B(x)), y) over B with SGD }"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(ports(a.graph("t.step").results), "parameter A.Dense_1.W\nparameter A.Dense_1.c\nparameter "
                                              "B.Dense_1.W\nparameter B.Dense_1.c\nterm loss\n");
}

TEST(Language, OptimizersFollowEachOther) {
  Analyzed a(withData(
      "network Net(x: f32[b, 4]) { x |> Dense(3, bias: false) }\ntrain t on d { batch = 8; epochs = 2\n"
      "minimize cross_entropy(Net(x), y) with clip_norm(1) |> Momentum(cosine(0.1), momentum: 0.8) }"));
  ASSERT_TRUE(a.program) << a.errors();
  const typed::Graph &step = a.graph("t.step");
  EXPECT_EQ(ports(step.results),
            "parameter Net.Dense_1.W\noptimizer t.Momentum.m.Net.Dense_1.W\nterm loss\n");
  EXPECT_EQ(count(step, Op::Min), 1);
  EXPECT_EQ(count(step, Op::Cos), 1);
}

TEST(Language, UserOptimizersLookLikeTheLibrarys) {
  Analyzed a(withData(
      "optimizer Mine(lr: f32 = 0.1)(w, g, epoch) { state s = 1\ns = s + 1\nw = w - lr * g / s / epoch }\n"
      "network Net(x: f32[b, 4]) { x |> Dense(3, bias: false) }\n"
      "train t on d { batch = 8; epochs = 2; minimize cross_entropy(Net(x), y) with Mine }"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_NE(ports(a.graph("t.step").arguments).find("epoch epoch"), std::string::npos);
}

TEST(Language, BuildingIsApartFromApplying) {
  Analyzed a(withData("loss focal(gamma: f32 = 2)(logits: f32[b, k], label: class(k)[b]) -> f32 {\n"
                      "let p = pick(softmax(logits), label)\nmean(-(1 - p)^gamma * log(p)) }\n"
                      "network Net(x: f32[b, 4]) { x |> Dense(3) }\n"
                      "train t on d { batch = 8; epochs = 2; minimize focal()(Net(x), y) with SGD\n"
                      "measure top_k(2)(Net(x), y) }"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(count(a.graph("t.eval"), Op::Pow), 0) << "a small whole power is a product";
  EXPECT_EQ(ports(a.graph("t.eval").results), "term loss\ntotal 0\n");
}

TEST(Language, TuplesAreSeveralOutputs) {
  Analyzed a(withData(
      "network Net(x: f32[b, 4]) -> (f32[b, 3], f32[b, 8]) { let f = x |> Dense(8)\n(f |> Dense(3), f) }\n"
      "predict Net(x)"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(ports(a.graph("predict").results), "output 0\noutput 1\n");
}

TEST(Language, MatMulTakesLeadingAxesAsRows) {
  Analyzed a(withNetwork("reshape(x, [b, 2, 2]) |> Dense(3) |> Flatten() |> Dense(3)"));
  ASSERT_TRUE(a.program) << a.errors();
  bool found = false;
  for (const typed::Node &node : a.graph("t.eval").nodes)
    found |= node.op == Op::MatMul && node.types[0].shape == std::vector<typed::Dim>{{2, true}, {3, false}};
  EXPECT_TRUE(found);
}

TEST(Language, ConvolutionPadsSameAtTheEnd) {
  Analyzed a(withNetwork(
      "reshape(x, [b, 2, 2, 1]) |> Conv(5, kernel: 2, stride: 1) |> Conv(5, kernel: 3, padding: 1, stride: 2)"
      " |> Flatten() |> Dense(3)"));
  ASSERT_TRUE(a.program) << a.errors();
  std::vector<std::vector<int64_t>> padding;
  for (const typed::Node &node : a.graph("t.eval").nodes)
    if (node.op == Op::Conv)
      padding.push_back(node.attributes.padding);
  EXPECT_EQ(padding, (std::vector<std::vector<int64_t>>{{0, 1, 0, 1}, {1, 1, 1, 1}}));
}

TEST(Language, ANetworkIsOneSetOfWeights) {
  Analyzed a(withData(
      "network E(x: f32[b, 4]) { x |> Dense(4) }\nnetwork Net(x: f32[b, 4]) { E(x) + E(-x) |> Dense(3) }\n"
      "train t on d { batch = 8; epochs = 2; minimize cross_entropy(Net(x), y) with SGD }\npredict E(x)"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(
      ports(a.graph("init").results),
      "parameter E.Dense_1.W\nparameter E.Dense_1.c\nparameter Net.Dense_1.W\nparameter Net.Dense_1.c\n");
}

} // namespace
