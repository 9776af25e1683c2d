// The graphs of whole programs: which entries there are, what they take and give, and that equal work is done
// once.
#include "test/sema/Support.h"
#include <set>

using namespace nn;
using namespace nn::test;
using typed::Op;

namespace {

const char *const lenet = R"(import std
data digits {
  train = idx("mnist/train-images-idx3-ubyte.gz", "mnist/train-labels-idx1-ubyte.gz")
  test  = idx("mnist/t10k-images-idx3-ubyte.gz",  "mnist/t10k-labels-idx1-ubyte.gz")
  field image: f32[28, 28, 1] |> scale(1/255) |> zscore
  field label: class(10)
  validation = 10% of train
}
/// The learning rate at the start.
hyper rate:  f32 = 1e-3 in log(1e-5, 1e-1)
hyper width: int = 128  in [32, 64, 128, 256]
network LeNet(image: f32[b, 28, 28, 1]) -> f32[b, 10] {
  image
    |> Conv(32, kernel: 3) |> BatchNorm() |> relu |> MaxPool(2)
    |> Conv(64, kernel: 3) |> BatchNorm() |> relu |> MaxPool(2)
    |> Flatten() |> Dense(width) |> relu |> Dropout(0.5) |> Dense(10)
}
train classify on digits {
  batch = 64; epochs = 10
  minimize cross_entropy(LeNet(image), label) + l2(LeNet, 1e-4) with Adam(cosine(rate))
  measure accuracy(LeNet(image), label)
}
predict LeNet(image)
)";

TEST(Graph, LeNetHasItsFourEntries) {
  Analyzed a(lenet);
  ASSERT_TRUE(a.program) << a.errors();
  std::vector<std::string> names;
  for (const typed::Graph &graph : a.program->graphs)
    names.push_back(graph.name);
  EXPECT_EQ(names, (std::vector<std::string>{"init", "classify.step", "classify.eval", "predict"}));
}

TEST(Graph, ParametersAreNamedByTheirPath) {
  Analyzed a(lenet);
  ASSERT_TRUE(a.program) << a.errors();
  std::string results = ports(a.graph("init").results);
  EXPECT_EQ(
      results.find("parameter LeNet.Conv_1.W\nparameter LeNet.Conv_1.c\nparameter LeNet.BatchNorm_1.scale\n"),
      0u);
  EXPECT_NE(results.find("parameter LeNet.Dense_2.c\nstate LeNet.BatchNorm_1.mean\n"), std::string::npos);
  EXPECT_NE(results.find("state LeNet.BatchNorm_2.variance\noptimizer classify.Adam.m.LeNet.Conv_1.W\n"),
            std::string::npos);
  EXPECT_EQ(a.graph("init").results.size(), 12u + 4u + 24u);
}

TEST(Graph, AStepGivesEverythingItChangesThenItsTerms) {
  Analyzed a(lenet);
  ASSERT_TRUE(a.program) << a.errors();
  const typed::Graph &step = a.graph("classify.step");
  std::string results = ports(step.results);
  EXPECT_EQ(step.results.size(), 12u + 4u + 24u + 3u);
  EXPECT_NE(results.find("term loss\nterm cross_entropy\nterm l2\n"), std::string::npos);
  EXPECT_EQ(count(step, Op::Gradient), 1);
  std::string arguments = ports(step.arguments);
  for (const char *needed :
       {"seed seed", "step step", "steps steps", "hyper rate", "ids digits", "field digits.label"})
    EXPECT_NE(arguments.find(std::string(needed) + "\n"), std::string::npos) << needed;
}

TEST(Graph, TheNetworkIsComputedOnceForLossAndMeasure) {
  Analyzed a(lenet);
  ASSERT_TRUE(a.program) << a.errors();
  const typed::Graph &eval = a.graph("classify.eval");
  EXPECT_EQ(count(eval, Op::Conv), 2);
  EXPECT_EQ(count(eval, Op::MatMul), 2);
  EXPECT_EQ(count(eval, Op::Random), 0);
  EXPECT_EQ(count(eval, Op::Moments), 0);
  EXPECT_EQ(ports(eval.results), "term loss\nterm cross_entropy\nterm l2\ntotal 0\n");
}

TEST(Graph, PredictTakesTheImageAlone) {
  Analyzed a(lenet);
  ASSERT_TRUE(a.program) << a.errors();
  const typed::Graph &predict = a.graph("predict");
  EXPECT_EQ(ports(predict.results), "output 0\n");
  EXPECT_EQ(ports(predict.arguments).find("digits.label"), std::string::npos);
  EXPECT_EQ(predict.results[0].type.shape, (std::vector<typed::Dim>{{1, true}, {10, false}}));
}

TEST(Graph, OperandsComeBeforeUsersAndPortsMatch) {
  Analyzed a(lenet);
  ASSERT_TRUE(a.program) << a.errors();
  for (const typed::Graph &graph : a.program->graphs) {
    for (size_t i = 0; i < graph.nodes.size(); ++i)
      for (typed::Value operand : graph.nodes[i].operands)
        ASSERT_LT(operand.node, i) << graph.name;
    for (const typed::Node &node : graph.nodes) {
      if (node.op == Op::Argument) {
        ASSERT_LT(size_t(node.attributes.integer), graph.arguments.size());
      }
    }
    for (size_t i = 0; i < graph.arguments.size(); ++i)
      EXPECT_EQ(size_t(graph.nodes[graph.arguments[i].value.node].attributes.integer), i);
  }
}

TEST(Graph, HyperparametersThatChangeSizesAreCompiled) {
  Analyzed a(lenet);
  ASSERT_TRUE(a.program) << a.errors();
  const auto &hypers = a.program->hypers;
  ASSERT_EQ(hypers.size(), 2u);
  EXPECT_FALSE(hypers[0].compiled);
  EXPECT_EQ(hypers[0].range, typed::RangeKind::Log);
  EXPECT_EQ(hypers[0].doc, "The learning rate at the start.");
  EXPECT_TRUE(hypers[1].compiled);
  EXPECT_EQ(hypers[1].choices, (std::vector<double>{32, 64, 128, 256}));
}

TEST(Graph, SetChangesTheProgram) {
  Analyzed a(lenet, {{"width", "32"}, {"rate", "0.01"}});
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(a.program->hypers[0].value, 0.01);
  for (const typed::Port &port : a.graph("init").results) {
    if (port.name == "LeNet.Dense_1.W") {
      EXPECT_EQ(port.type.shape, (std::vector<typed::Dim>{{3136, false}, {32, false}}));
    }
  }
}

TEST(Graph, DataIsDescribedForTheRuntime) {
  Analyzed a(lenet);
  ASSERT_TRUE(a.program) << a.errors();
  const typed::DataSet &data = a.program->data[0];
  EXPECT_EQ(data.train->arguments.size(), 2u);
  EXPECT_EQ(data.train->arguments[0].text, "mnist/train-images-idx3-ubyte.gz");
  EXPECT_DOUBLE_EQ(data.validationShare, 0.1);
  ASSERT_EQ(data.fields.size(), 2u);
  EXPECT_EQ(data.fields[0].steps[0].name, "scale");
  EXPECT_DOUBLE_EQ(*data.fields[0].steps[0].arguments[0].number, 1.0 / 255);
  EXPECT_EQ(data.fields[1].type.classes, 10);
}

TEST(Graph, SummaryCountsParametersAndMacs) {
  Analyzed a(lenet);
  ASSERT_TRUE(a.program) << a.errors();
  std::map<std::string, typed::Layer> rows;
  for (const typed::Layer &layer : a.program->layers)
    rows[layer.path] = layer;
  EXPECT_EQ(rows.size(), 10u);
  EXPECT_EQ(rows["LeNet.Conv_1"].parameters, 9 * 32 + 32);
  EXPECT_EQ(rows["LeNet.Conv_1"].macs, 28 * 28 * 32 * 9);
  EXPECT_EQ(rows["LeNet.BatchNorm_2"].elements, 4 * 64);
  EXPECT_EQ(rows["LeNet.Dense_2"].macs, 128 * 10);
}

TEST(Graph, EachParameterDrawsItsOwnNumbers) {
  Analyzed a(lenet);
  ASSERT_TRUE(a.program) << a.errors();
  std::set<int64_t> purposes;
  for (const typed::Node &node : a.graph("init").nodes) {
    if (node.op == Op::Random) {
      EXPECT_TRUE(purposes.insert(node.attributes.integer).second);
    }
  }
  EXPECT_EQ(purposes.size(), 4u);
  EXPECT_TRUE(purposes.count(1960193852)) << "FNV-1a of LeNet.Conv_1.W";
}

TEST(Graph, PrintingIsStable) {
  Analyzed a(lenet), b(lenet);
  ASSERT_TRUE(a.program && b.program);
  EXPECT_EQ(a.text(), b.text());
  EXPECT_NE(a.text().find("layer LeNet.Conv_1: f32[b, 28, 28, 32] parameters 320"), std::string::npos);
}

TEST(Graph, DropoutIsOffOutsideTraining) {
  Analyzed a(withNetwork("x |> Dropout(0.5) |> Dense(3)"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(count(a.graph("t.step"), Op::Random), 1);
  EXPECT_EQ(count(a.graph("t.eval"), Op::Random), 0);
}

TEST(Graph, AnUnchangedStateIsNoResult) {
  Analyzed a(withNetwork("state n: f32 = 1\nx * n |> Dense(3)"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(ports(a.graph("t.step").results).find("state"), std::string::npos);
  EXPECT_NE(ports(a.graph("init").results).find("state Net.n"), std::string::npos);
}

} // namespace
