// Every derivative against central differences in double. With random weights c, the scalar sum(c * y) is
// differentiated by every float argument; the weights make sure that no element's error hides behind
// another's.
#include "GradientCases.h"
#include "compiler/autodiff/Passes.h"
#include "compiler/autodiff/Rules.h"
#include "compiler/reference/Reference.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include <gtest/gtest.h>
#include <random>

using namespace mlir;

namespace nn {
namespace {

constexpr int64_t rows = 3; // what `?` stands for
constexpr double step = 1e-5, tolerance = 1e-6;

struct Context {
  Context() : context(MLIRContext::Threading::DISABLED) {
    context.loadDialect<NnDialect, func::FuncDialect, arith::ArithDialect>();
  }
  MLIRContext context;
};

unsigned rankOf(const std::string &type) { return std::count(type.begin(), type.end(), 'x'); }

// @value returns the weighted sum, @gradient its gradients by the float arguments.
std::string moduleText(const GradientCase &test) {
  std::string type = test.result, axes;
  for (unsigned axis = 0; axis < rankOf(type); ++axis)
    axes += (axis > 0 ? ", " : "") + std::to_string(axis);
  std::string names, types;
  SmallVector<StringRef> arguments;
  StringRef(test.arguments).split(arguments, ", ");
  for (StringRef argument : arguments) {
    auto [name, argumentType] = argument.split(": ");
    if (!argumentType.ends_with("f64>"))
      continue;
    names += (names.empty() ? "" : ", ") + name.str();
    types += (types.empty() ? "" : ", ") + argumentType.str();
  }
  std::string head = "(%rows: index, %weights: " + type + ", " + test.arguments + ")";
  std::string body = std::string(test.body) + "\n%weighted = nn.mul %y, %weights : " + type +
                     "\n%total = nn.reduce \"sum\" %weighted axes [" + axes + "] : " + type +
                     " -> tensor<f64>\n";
  size_t count = llvm::count(types, '<');
  std::string results = count == 1 ? "%gradients" : "%gradients:" + std::to_string(count), returned;
  for (size_t k = 0; k < count; ++k)
    returned += (k > 0 ? ", %gradients#" : "%gradients#") + std::to_string(k);
  return "func.func @value" + head + " -> tensor<f64> {\n" + body + "return %total : tensor<f64>\n}\n" +
         "func.func @gradient" + head + " -> (" + types + ") {\n" + body + results +
         " = nn.gradient %total by " + names + " : (tensor<f64>, " + types + ") -> (" + types + ")\nreturn " +
         returned + " : " + types + "\n}\n";
}

std::vector<Tensor> randomArguments(func::FuncOp function, const GradientCase &test) {
  std::mt19937_64 generator(20);
  std::uniform_real_distribution<double> real(test.low, test.high);
  std::vector<Tensor> arguments;
  for (Type type : function.getArgumentTypes().drop_front()) {
    auto tensorType = cast<RankedTensorType>(type);
    Shape shape(tensorType.getShape());
    std::replace(shape.begin(), shape.end(), ShapedType::kDynamic, rows);
    bool isReal = isa<FloatType>(tensorType.getElementType());
    Tensor &tensor = arguments.emplace_back(isReal ? Tensor::real(shape) : Tensor::integer(shape));
    for (double &value : tensor.reals)
      value = real(generator);
    for (int64_t &value : tensor.integers)
      value = generator() % 3;
  }
  return arguments;
}

class Gradient : public testing::TestWithParam<GradientCase> {};

TEST_P(Gradient, AgreesWithCentralDifferences) {
  Context holder;
  MLIRContext &context = holder.context;
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(moduleText(GetParam()), &context);
  ASSERT_TRUE(module);
  PassManager manager(&context);
  manager.addNestedPass<func::FuncOp>(createAutodiffPass());
  ASSERT_TRUE(succeeded(manager.run(*module)));
  auto value = module->lookupSymbol<func::FuncOp>("value");
  std::vector<Tensor> arguments = randomArguments(value, GetParam());
  auto gradients = interpret(module->lookupSymbol<func::FuncOp>("gradient"), rows, arguments);
  ASSERT_TRUE(succeeded(gradients));

  auto valueWith = [&](double &place, double shifted) {
    double kept = std::exchange(place, shifted);
    double result = (*interpret(value, rows, arguments))[0].reals[0];
    place = kept;
    return result;
  };
  size_t next = 0;
  for (size_t k = 1; k < arguments.size(); ++k) { // the weights come first and are not varied
    if (arguments[k].isInteger)
      continue;
    const Tensor &gradient = (*gradients)[next++];
    ASSERT_EQ(gradient.shape, arguments[k].shape);
    for (int64_t i = 0; i < arguments[k].size(); ++i) {
      double &x = arguments[k].reals[i];
      double difference = (valueWith(x, x + step) - valueWith(x, x - step)) / (2 * step);
      EXPECT_NEAR(gradient.reals[i], difference, tolerance * std::max(1.0, std::abs(difference)))
          << "argument " << k << ", element " << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryOp, Gradient, testing::ValuesIn(gradientCases()),
                         [](const auto &info) { return std::string(info.param.name); });

TEST(RuleTable, KnowsEveryOpAndEveryRuleIsChecked) {
  Context holder;
  std::string bodies;
  for (const GradientCase &test : gradientCases())
    bodies += test.body + std::string("\n");
  for (RegisteredOperationName op : holder.context.getRegisteredOperations()) {
    std::string name = op.getStringRef().str();
    if (op.getDialectNamespace() != "nn" || name == "nn.gradient" || name == "nn.fused" ||
        name == "nn.yield" || name == "nn.next")
      continue;
    EXPECT_TRUE(RuleTable::get().isKnown(name)) << name << " has no rule";
    bool isChecked = RuleTable::get().isConstant(name) || bodies.find(name + " ") != std::string::npos;
    EXPECT_TRUE(isChecked) << name << " is in no gradient case";
  }
}

// Nothing flows through stop_gradient, though its operand is varied.
TEST(RuleTable, StopsWhereAsked) {
  Context holder;
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(R"(
    func.func @main(%x: tensor<f64>) -> tensor<f64> {
      %s = nn.stop_gradient %x : tensor<f64>
      %y = nn.mul %x, %s : tensor<f64>
      %g = nn.gradient %y by %x : (tensor<f64>, tensor<f64>) -> tensor<f64>
      return %g : tensor<f64>
    })",
                                                             &holder.context);
  PassManager manager(&holder.context);
  manager.addNestedPass<func::FuncOp>(createAutodiffPass());
  ASSERT_TRUE(succeeded(manager.run(*module)));
  auto result = interpret(module->lookupSymbol<func::FuncOp>("main"), 1, {Tensor::real({}, 3)});
  EXPECT_EQ((*result)[0].reals[0], 3);
}

} // namespace
} // namespace nn
