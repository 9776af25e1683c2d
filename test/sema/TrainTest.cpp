// Trainings of several statements, networks and data sets, and measures of a whole split.
#include "test/sema/Support.h"

using namespace nn;
using namespace nn::test;
using typed::Op;

namespace {

const std::string twoNetworks = "network G(z: f32[b, n]) -> f32[b, 4] { z |> Dense(4) }\n"
                                "network D(x: f32[b, 4]) -> f32[b] { let y = x |> Dense(1)\ny[..., 0] }\n";

std::string gan(const std::string &statements) {
  return withData(twoNetworks + "train gan on d { batch = 8; epochs = 1\n" + statements + " }\n");
}

const std::string pair = "let z = normal[batch, 3]\n"
                         "minimize d_loss = bce(D(x), 1) + bce(D(G(z)), 0) over D with Adam(1e-3)\n"
                         "minimize g_loss = bce(D(G(z)), 1) over G with Adam(1e-3)";

// One training on `d` and on `e`, whose field `x` has the same name.
std::string onTwo(const std::string &objective) {
  return withData("data e { train = idx(\"x\", \"u\"); field x: f32[4]; field u: f32[2] }\n"
                  "network Net(x: f32[b, 4]) -> f32[b, 3] { x |> Dense(3) }\n"
                  "train t on d, e { batch = 8; epochs = 1; minimize " +
                  objective + " with SGD(0.1) }\n");
}

std::string measured(const std::string &measure, const std::string &before = "") {
  return withData(before +
                  "network Net(x: f32[b, 4]) -> f32[b, 3] { x |> Dense(3) }\n"
                  "train t on d { batch = 8; epochs = 1; minimize cross_entropy(Net(x), y) with SGD(0.1)\n"
                  "measure " +
                  measure + " }\n");
}

std::string kindsOf(const typed::Train &train) {
  static const char *const names[] = {"sum", "max", "min", "mean", "variance", "area", "last"};
  std::string kinds;
  for (const typed::Total &total : train.totals)
    kinds += std::string(kinds.empty() ? "" : " ") + names[int(total.kind)];
  return kinds;
}

} // namespace

TEST(Train, EachStatementHasItsCurveItsGradientAndItsStates) {
  Analyzed a(gan(pair));
  ASSERT_TRUE(a.program) << a.errors();
  const typed::Graph &step = a.graph("gan.step");
  EXPECT_EQ(count(step, Op::Gradient), 2);
  std::string results = ports(step.results);
  EXPECT_NE(results.find("term loss\nterm d_loss\nterm bce\nterm bce_2\nterm g_loss\n"), std::string::npos)
      << results;
  EXPECT_NE(results.find("optimizer gan.Adam.m.D.Dense_1.W\n"), std::string::npos);
  EXPECT_NE(results.find("optimizer gan.Adam_2.m.G.Dense_1.W\n"), std::string::npos);
  EXPECT_EQ(results.find("gan.Adam.m.G."), std::string::npos);
}

TEST(Train, TheSecondStatementComputesWithWhatTheFirstHasChanged) {
  Analyzed a(gan(pair));
  ASSERT_TRUE(a.program) << a.errors();
  // D twice with its old weights, once with the new; G, which is unchanged, once.
  EXPECT_EQ(count(a.graph("gan.step"), Op::MatMul), 4);
  EXPECT_EQ(count(a.graph("gan.eval"), Op::MatMul), 3);
  EXPECT_EQ(count(a.graph("gan.step"), Op::StopGradient),
            2); // what D's new weights came from is no part of G's loss
}

TEST(Train, NoiseIsKeyedByRecord) {
  Analyzed a(gan(pair) + "predict G(normal[batch, 3])\n");
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_NE(ports(a.graph("gan.step").arguments).find("ids d\n"), std::string::npos);
  EXPECT_NE(ports(a.graph("predict").arguments).find("ids d\n"), std::string::npos);
}

TEST(Train, TheSummaryHasEveryLayerOfEveryNetworkOnce) {
  Analyzed a(gan(pair) + "predict G(normal[batch, 3])\n");
  ASSERT_TRUE(a.program) << a.errors();
  std::string rows;
  for (const typed::Layer &layer : a.program->layers)
    rows += layer.path + "\n";
  EXPECT_EQ(rows, "G.Dense_1\nD.Dense_1\n");
}

// The rows' parameters add up to those of the program, whichever training or prediction a layer is in.
TEST(Train, TheSummaryHasTheLayersOfEveryTraining) {
  auto train = [](const std::string &name, const std::string &net) {
    return "train " + name + " on d { batch = 8; epochs = 1; minimize cross_entropy(" + net +
           "(x), y) with SGD }\n";
  };
  Analyzed a(withData("network A(x: f32[b, 4]) { x |> Dense(3) }\n"
                      "network B(x: f32[b, 4]) { let twice = Dense(4); x |> twice |> twice |> Dense(3) }\n"
                      "network C(x: f32[b, 4]) { param w: f32[4] = ones; w * x |> Dense(3) }\n") +
             train("a", "A") + train("b", "B") + train("c", "C") + "predict B(x)\n");
  ASSERT_TRUE(a.program) << a.errors();
  std::string rows;
  for (const typed::Layer &layer : a.program->layers)
    rows += layer.path + " " + std::to_string(layer.parameters) + "\n";
  EXPECT_EQ(rows, "B.twice 20\nB.twice 0\nB.Dense_1 15\nA.Dense_1 15\nC.Dense_1 15\nC 4\n");
}

TEST(Train, GroupsDivideTheParameters) {
  Analyzed a(withData("network Net(x: f32[b, 4]) { x |> Dense(5) |> relu |> Dense(3) }\n"
                      "train t on d { batch = 8; epochs = 1\n"
                      "minimize cross_entropy(Net(x), y) + l2(Net.Dense_2, 1e-4)\n"
                      "  over Net.Dense_1.W, Net.Dense_2.c with Momentum(0.1)\n  with Adam(1e-3) }\n"));
  ASSERT_TRUE(a.program) << a.errors();
  std::string results = ports(a.graph("init").results);
  EXPECT_NE(results.find("optimizer t.Momentum.m.Net.Dense_1.W\n"), std::string::npos) << results;
  EXPECT_NE(results.find("optimizer t.Momentum.m.Net.Dense_2.c\n"), std::string::npos);
  EXPECT_NE(results.find("optimizer t.Adam.m.Net.Dense_1.c\n"), std::string::npos);
  EXPECT_NE(results.find("optimizer t.Adam.m.Net.Dense_2.W\n"), std::string::npos);
  EXPECT_EQ(a.graph("init").results.size(), 4u + 2u + 4u);
  EXPECT_EQ(count(a.graph("t.step"), Op::Gradient), 1);
}

TEST(Train, PartsThatAreNotThere) {
  auto net = [](const std::string &rest) {
    return errors(
        withData("network Net(x: f32[b, 4]) { x |> Dense(3) }\ntrain t on d { batch = 8; epochs = 1\n"
                 "minimize cross_entropy(Net(x), y)" +
                 rest + " }\n"));
  };
  EXPECT_EQ(net(" over Net.Dense_2 with SGD with SGD"),
            "5:40: unknown part of a network `Net.Dense_2`; did you mean `Net.Dense_1`?\n");
  EXPECT_EQ(net(" + l2(Net.Dens_1, 1) with SGD"),
            "5:37: unknown part of a network `Net.Dens_1`; did you mean `Net.Dense_1`?\n");
  EXPECT_EQ(net(" with SGD with SGD"), "5:49: `with` is given twice\n");
  EXPECT_EQ(net(" over Net with SGD with SGD"), "5:10: no parameter changes this loss\n");
}

TEST(Train, SeveralDataSets) {
  Analyzed a(onTwo("cross_entropy(Net(d.x), y) + mean(Net(e.x)) + mean(u)"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(a.program->trains[0].data, (std::vector<uint32_t>{0, 1}));
  std::string arguments = ports(a.graph("t.step").arguments);
  for (const char *field : {"field d.x\n", "field e.x\n", "field d.y\n", "field e.u\n"})
    EXPECT_NE(arguments.find(field), std::string::npos) << field;
}

TEST(Train, AFieldOfTwoDataSetsNeedsItsOwner) {
  EXPECT_EQ(errors(onTwo("cross_entropy(Net(x), y)")),
            "5:69: `x` is a field of several data sets, expected `d.x` or `e.x`\n");
}

TEST(Measure, IsCutAtItsSums) {
  Analyzed a(measured("accuracy(Net(x), y)"));
  ASSERT_TRUE(a.program) << a.errors();
  const typed::Train &train = a.program->trains[0];
  EXPECT_EQ(kindsOf(train), "sum");
  ASSERT_EQ(train.measures.size(), 1u);
  const typed::MeasureNode &last = train.nodes[size_t(train.measures[0].node)];
  EXPECT_EQ(last.op, "div");
  EXPECT_EQ(train.nodes[size_t(last.operands[1])].op, "rows");
  // Counting is exact, so the batch is summed where it is computed.
  EXPECT_TRUE(a.graph("t.eval").results.back().type.shape.empty());
}

TEST(Measure, MeasuredValuesAreLeftForEachRecord) {
  Analyzed a(measured("perplexity(Net(x), y)"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(kindsOf(a.program->trains[0]), "sum");
  EXPECT_EQ(a.graph("t.eval").results.back().type.shape, (std::vector<typed::Dim>{{1, true}}));
}

TEST(Measure, MomentsExtremesAreasAndWeights) {
  EXPECT_EQ(kindsOf(Analyzed(measured("r2(Net(x), Net(x))")).program->trains[0]), "variance sum");
  EXPECT_EQ(kindsOf(Analyzed(measured("max(Net(x), axis: [0, 1])")).program->trains[0]), "max");
  EXPECT_EQ(kindsOf(Analyzed(measured("rank_area(Net(x)[..., 0], one_hot(y)[..., 1])")).program->trains[0]),
            "area");
  EXPECT_EQ(kindsOf(Analyzed(measured("l2(Net, 0.1)")).program->trains[0]), "last");
}

TEST(Measure, ATableHasItsShape) {
  Analyzed a(measured("confusion(Net(x), y)"));
  ASSERT_TRUE(a.program) << a.errors();
  const typed::Train &train = a.program->trains[0];
  EXPECT_EQ(train.nodes[size_t(train.measures[0].node)].shape, (std::vector<int64_t>{3, 3}));
}

TEST(Measure, WhatOnePassCannotGatherIsRefused) {
  EXPECT_EQ(errors(measured("mean(Net(x) - mean(Net(x)))")),
            "5:1: this measure cannot be gathered in one pass over a split: a sum over all records inside "
            "another\n");
  EXPECT_EQ(errors(measured("prod(Net(x))")),
            "5:1: this measure cannot be gathered in one pass over a split: a product over all records\n");
  EXPECT_EQ(errors(measured("Net(x)")), "5:9: a measure is `f32[b, 3]`, expected one number\n");
}

TEST(Measure, WhatNeedsTheSplitIsNoLoss) {
  EXPECT_EQ(errors(withNetwork("x |> Dense(3)") +
                   "train u on d { batch = 8; epochs = 1\n"
                   "minimize rank_area(Net(x)[..., 0], one_hot(y)[..., 1]) with SGD }"),
            "8:10: `rank_area` needs all records of a split: it belongs in `measure`\n");
}
