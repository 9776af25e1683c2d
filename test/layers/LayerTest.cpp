// Every layer of the standard library for one step of training and one prediction: gradients against central
// differences in double, machine code against the interpreter, all against PyTorch where it has the layer.
#include "test/layers/LayerProgram.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include <gtest/gtest.h>

namespace nn::test {

static void PrintTo(const LayerCase &test, std::ostream *out) { *out << test.name; }

namespace {

constexpr double differenceStep = 1e-5, differenceTolerance = 1e-6;
constexpr double torchTolerance = 1e-9, torchTolerance32 = 1e-5;
constexpr double compiledTolerance = 1e-11, compiledTolerance32 = 2e-5;

// Relative to the largest element: a sum near zero has the error of its terms. A gradient that is zero by
// symmetry (that of the bias of an attention's keys) is known as well as the step of a parameter of order
// one.
double distance(const Tensor &found, llvm::ArrayRef<double> expected) {
  double error = 0, size = 0.1;
  for (size_t i = 0; i < expected.size(); ++i) {
    double x = found.isInteger ? double(found.integers[i]) : found.reals[i];
    error = std::isnan(x) || std::isnan(expected[i]) ? INFINITY : std::max(error, std::abs(x - expected[i]));
    size = std::max(size, std::abs(expected[i]));
  }
  return error / size;
}

std::vector<double> realsOf(const Tensor &tensor) {
  std::vector<double> values = tensor.reals;
  values.insert(values.end(), tensor.integers.begin(), tensor.integers.end());
  return values;
}

bool isParameter(const std::string &name) { return name.compare(0, 5, "Case.") == 0; }

// What a case leaves: "loss", "output", gradients as "d NAME", states by their names.
std::map<std::string, Tensor> resultsOf(const TensorMap &before, const TensorMap &step,
                                        const TensorMap &prediction) {
  std::map<std::string, Tensor> results;
  for (const auto &[name, value] : step) {
    if (name == "loss" || !isParameter(name)) {
      if (name == "loss")
        results[name] = value;
      continue;
    }
    bool isState = llvm::StringRef(name).ends_with(".mean") || llvm::StringRef(name).ends_with(".variance");
    if (isState) {
      results[name] = value;
      continue;
    }
    Tensor &gradient = results["d " + name] = before.at(name);
    for (int64_t i = 0; i < gradient.size(); ++i)
      gradient.reals[i] -= value.reals[i];
  }
  results["output"] = prediction.at("0");
  return results;
}

class Layer : public testing::TestWithParam<LayerCase> {
protected:
  std::optional<std::map<std::string, Tensor>> interpreted(LayerProgram &program) {
    TensorMap memory = program.start();
    auto step = program.interpret("t.step", memory), prediction = program.interpret("predict", memory);
    if (failed(step) || failed(prediction))
      return std::nullopt;
    return resultsOf(memory, *step, *prediction);
  }

  std::optional<std::map<std::string, Tensor>> compiled(LayerProgram &program, const Target &target) {
    TensorMap memory = program.start();
    auto step = program.runCompiled("t.step", memory, target),
         prediction = program.runCompiled("predict", memory, target);
    if (failed(step) || failed(prediction))
      return std::nullopt;
    return resultsOf(memory, *step, *prediction);
  }

  void compareWithTorch(const std::map<std::string, Tensor> &results, double tolerance) {
    auto file = llvm::MemoryBuffer::getFile(NN_EXPECTED_DIR "/" + GetParam().name + ".json");
    if (!file)
      return; // PyTorch has no such layer
    llvm::Expected<llvm::json::Value> parsed = llvm::json::parse((*file)->getBuffer());
    ASSERT_TRUE(bool(parsed)) << llvm::toString(parsed.takeError());
    for (const auto &[name, list] : *parsed->getAsObject()) {
      std::vector<double> expected;
      for (const llvm::json::Value &value : *list.getAsArray())
        expected.push_back(*value.getAsNumber());
      auto found = results.find(name.str());
      ASSERT_NE(found, results.end()) << name.str();
      ASSERT_EQ(size_t(found->second.size()), expected.size()) << name.str();
      EXPECT_LE(distance(found->second, expected), tolerance) << name.str() << " against PyTorch";
    }
  }
};

TEST_P(Layer, GradientsAgreeWithCentralDifferences) {
  if (!GetParam().differences)
    GTEST_SKIP() << "its gradient is not that of its value";
  auto program = LayerProgram::make(GetParam(), Precision::F64);
  ASSERT_TRUE(program) << programText(GetParam());
  auto results = interpreted(*program);
  ASSERT_TRUE(results);
  TensorMap memory = program->start();
  auto lossAt = [&](double &place, double value) {
    double kept = std::exchange(place, value);
    auto after = program->interpret("t.step", memory);
    place = kept;
    return after->at("loss").reals[0];
  };
  for (auto &[name, gradient] : *results) {
    if (!llvm::StringRef(name).starts_with("d "))
      continue;
    Tensor &parameter = memory.at(name.substr(2));
    for (int64_t i = 0; i < parameter.size(); ++i) {
      double &x = parameter.reals[i];
      double difference =
          (lossAt(x, x + differenceStep) - lossAt(x, x - differenceStep)) / (2 * differenceStep);
      EXPECT_NEAR(gradient.reals[i], difference, differenceTolerance * std::max(1.0, std::abs(difference)))
          << name << ", element " << i;
    }
  }
}

TEST_P(Layer, MachineCodeAndPyTorchAgreeWithTheInterpreter) {
  DiagnosticEngine engine;
  std::optional<Target> target = selectTarget("native", engine);
  ASSERT_TRUE(target);
  auto program = LayerProgram::make(GetParam(), Precision::F64);
  ASSERT_TRUE(program) << programText(GetParam());
  auto reference = interpreted(*program);
  ASSERT_TRUE(reference);
  compareWithTorch(*reference, torchTolerance);
  for (Precision precision : {Precision::F64, Precision::F32}) {
    bool isDouble = precision == Precision::F64;
    auto own = LayerProgram::make(GetParam(), precision);
    auto results = compiled(*own, *target);
    ASSERT_TRUE(results);
    for (const auto &[name, expected] : *reference)
      EXPECT_LE(distance(results->at(name), realsOf(expected)),
                isDouble ? compiledTolerance : compiledTolerance32)
          << name << (isDouble ? " in f64" : " in f32");
    if (!isDouble)
      compareWithTorch(*results, torchTolerance32);
  }
}

INSTANTIATE_TEST_SUITE_P(Library, Layer, testing::ValuesIn(layerCases()),
                         [](const auto &info) { return info.param.name; });

} // namespace
} // namespace nn::test
