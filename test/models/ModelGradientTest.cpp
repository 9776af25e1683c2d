// Every ready model as a whole, for small images and texts: the gradients of a training step in machine code,
// in double, against central differences of its loss. Of each tensor of parameters a direction is tried that
// has a part along the gradient and a random one, and two elements alone: that with the largest gradient, and
// one at random.
#include "test/layers/LayerProgram.h"
#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace nn::test {

static void PrintTo(const LayerCase &test, std::ostream *out) { *out << test.name; }

namespace {

// Relative to the length of the gradient, or where that is less, as of the bias of an attention's keys, whose
// gradient is zero by symmetry, to that of a parameter of little influence.
constexpr double tolerance = 1e-6, leastLength = 0.1;

const std::vector<LayerCase> models = {
    {"MLP", "x: f32[4, 3]", "x |> MLP(5, widths: [9, 7])", "f32[5]"},
    {"LeNet5", "x: f32[28, 28, 1]", "x |> LeNet5(5)", "f32[5]"},
    {"ResNet20", "x: f32[8, 8, 3]", "x |> ResNet20(5)", "f32[5]"},
    {"ResNet18", "x: f32[20, 20, 3]", "x |> ResNet18(5)", "f32[5]"},
    {"VGG11", "x: f32[32, 32, 1]", "x |> VGG11(5, hidden: 9)", "f32[5]"},
    {"MobileNetV2", "x: f32[36, 36, 3]", "x |> MobileNetV2(5)", "f32[5]"},
    {"UNet", "x: f32[16, 8, 2]", "x |> UNet(3, width: 3, depth: 3)", "f32[16, 8, 3]"},
    {"Transformer", "x: class(5)[7]", "x |> Transformer(units: 8, depth: 2, heads: 2)", "f32[7, 5]"},
    {"CharLSTM", "x: class(5)[7]", "x |> CharLSTM(units: 6, depth: 2, embedding: 4, dropout: 0.1)",
     "f32[7, 5]"},
};

std::vector<LayerCase> modelCases() {
  std::vector<LayerCase> cases = models;
  for (LayerCase &test : cases)
    test.before = "import std.models";
  return cases;
}

bool isState(llvm::StringRef name) { return name.ends_with(".mean") || name.ends_with(".variance"); }

// As a network begins (He et al. 2015), so that no value overflows and no gradient vanishes on the way;
// scales near 1, and biases that are not 0.
TensorMap startOf(LayerProgram &program) {
  TensorMap memory = program.start();
  for (auto &[name, value] : memory) {
    llvm::StringRef path = name;
    if (!path.starts_with("Case.") || path.starts_with("Case.d_") || isState(path))
      continue;
    bool isWeight = value.shape.size() > 1;
    double width = isWeight ? std::sqrt(6.0 * double(value.shape.back()) / double(value.size())) : 0.25;
    for (double &x : value.reals)
      x = x * width + (!isWeight && path.ends_with(".scale") ? 1 : 0);
  }
  return memory;
}

double lengthOf(const std::vector<double> &values) {
  double squares = 0;
  for (double value : values)
    squares += value * value;
  return std::sqrt(squares);
}

using Direction = std::vector<double>;

Direction alone(size_t size, size_t element) {
  Direction direction(size, 0);
  direction[element] = 1;
  return direction;
}

// Of length 1. A wrong gradient differs from its own direction or from a random one, whatever is wrong with
// it.
Direction mixed(const std::vector<double> &gradient, std::mt19937_64 &random) {
  Direction direction(gradient.size());
  std::normal_distribution<double> normal;
  for (double &x : direction)
    x = normal(random);
  double own = std::max(lengthOf(gradient), 1e-300), other = lengthOf(direction);
  for (size_t i = 0; i < direction.size(); ++i)
    direction[i] = gradient[i] / own + direction[i] / other;
  double length = lengthOf(direction);
  for (double &x : direction)
    x /= length;
  return direction;
}

class ModelGradient : public testing::TestWithParam<LayerCase> {
protected:
  void SetUp() override {
    DiagnosticEngine engine;
    std::optional<Target> target = selectTarget("native", engine);
    ASSERT_TRUE(target);
    program = LayerProgram::make(GetParam(), Precision::F64);
    ASSERT_TRUE(program) << programText(GetParam());
    step = program->compile("t.step", *target);
    loss = program->compile("t.step", *target, "loss");
    ASSERT_TRUE(step && loss);
  }

  double lossAt(const std::string &name, const Tensor &start, const Direction &direction, double distance) {
    Tensor moved = start;
    for (size_t i = 0; i < direction.size(); ++i)
      moved.reals[i] += distance * direction[i];
    loss->set(name, moved);
    loss->call(caseRows);
    return loss->get("loss", caseRows).reals[0];
  }

  // Between two places at which a `relu` or a maximum chooses differently there is no derivative: a shorter
  // step passes fewer of them, a longer one has less of the loss's rounding.
  void check(const std::string &name, const Tensor &start, const std::vector<double> &gradient,
             const Direction &direction, double length) {
    double expected = 0, found = 0;
    for (size_t i = 0; i < direction.size(); ++i)
      expected += gradient[i] * direction[i];
    double allowed = tolerance * std::max(leastLength, length);
    for (double distance : {1e-5, 1e-6, 1e-7}) {
      found = (lossAt(name, start, direction, distance) - lossAt(name, start, direction, -distance)) /
              (2 * distance);
      if (std::abs(found - expected) <= allowed)
        break;
    }
    EXPECT_NEAR(expected, found, allowed) << name;
    loss->set(name, start);
  }

  std::unique_ptr<LayerProgram> program;
  std::unique_ptr<Compiled> step, loss;
};

TEST_P(ModelGradient, AgreesWithCentralDifferences) {
  TensorMap memory = startOf(*program);
  TensorMap after = program->call("t.step", *step, memory);
  program->prepare(*loss, memory);
  std::mt19937_64 random(7);
  int parameters = 0, reached = 0;
  for (const auto &[name, start] : memory) {
    if (!llvm::StringRef(name).starts_with("Case.") || isState(name))
      continue;
    std::vector<double> gradient = start.reals;
    for (size_t i = 0; i < gradient.size(); ++i)
      gradient[i] -= after.at(name).reals[i];
    double length = lengthOf(gradient);
    ++parameters;
    reached += length >= leastLength;
    auto isLess = [](double a, double b) { return std::abs(a) < std::abs(b); };
    size_t largest = size_t(std::max_element(gradient.begin(), gradient.end(), isLess) - gradient.begin());
    check(name, start, gradient, mixed(gradient, random), length);
    check(name, start, gradient, alone(gradient.size(), largest), std::abs(gradient[largest]));
  }
  EXPECT_GE(reached, 0.75 * parameters) << "the check says little of gradients that are nearly 0";
  EXPECT_GT(parameters, 4);
}

INSTANTIATE_TEST_SUITE_P(Models, ModelGradient, testing::ValuesIn(modelCases()),
                         [](const auto &info) { return info.param.name; });

} // namespace
} // namespace nn::test
