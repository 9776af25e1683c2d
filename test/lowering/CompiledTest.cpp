// Compiled code computes what the reference interpreter computes in double: every op and its gradients,
// through all phases, in both precisions, for the widths of AVX2 and, where the machine has it, AVX-512.
#include "compiler/autodiff/Pipeline.h"
#include "compiler/backend/Translate.h"
#include "compiler/dialect/NnDialect.h"
#include "compiler/reference/Reference.h"
#include "test/lowering/Compiled.h"
#include "test/lowering/CompiledCases.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringExtras.h"
#include <gtest/gtest.h>
#include <random>

using namespace mlir;

namespace nn::test {
namespace {

struct Argument {
  std::string name, type;
  bool isReal() const { return llvm::StringRef(type).ends_with("f64>"); }
};

std::vector<Argument> argumentsOf(const CompiledCase &test) {
  std::vector<Argument> arguments;
  SmallVector<StringRef> texts;
  StringRef(test.arguments).split(texts, ", %");
  for (StringRef text : texts) {
    auto [name, type] = text.split(": ");
    arguments.push_back({name.ltrim('%').str(), type.str()});
  }
  return arguments;
}

// The entry @t: %y, and the gradients of the sum of its elements times %weights by the real arguments.
std::string moduleText(const CompiledCase &test) {
  std::string head = "%rows: index {nn.role = \"rows\"}", types = test.result, values = "%y",
              body = test.body + "\n";
  std::string results = test.result + " {nn.role = \"output\", nn.name = \"out:y\"}";
  std::vector<Argument> arguments = argumentsOf(test);
  if (test.differentiable)
    arguments.push_back({"weights", test.result});
  std::string names, nameTypes, gradients;
  for (const Argument &argument : arguments) {
    head += ", %" + argument.name + ": " + argument.type + " {nn.role = \"field\", nn.name = \"" +
            argument.name + "\"}";
    if (!test.differentiable || !argument.isReal() || argument.name == "weights")
      continue;
    names += (names.empty() ? "%" : ", %") + argument.name;
    gradients += (gradients.empty() ? "%d_" : ", %d_") + argument.name;
    nameTypes += (nameTypes.empty() ? "" : ", ") + argument.type;
    results += ", " + argument.type + " {nn.role = \"output\", nn.name = \"out:d_" + argument.name + "\"}";
  }
  if (test.differentiable) {
    std::string axes;
    for (int axis = 0, rank = llvm::count(test.result, 'x'); axis < rank; ++axis)
      axes += (axis ? ", " : "") + std::to_string(axis);
    body += "%weighted = nn.mul %y, %weights : " + test.result +
            "\n%total = nn.reduce \"sum\" %weighted axes [" + axes + "] : " + test.result +
            " -> tensor<f64>\n" + gradients + " = nn.gradient %total by " + names + " : (tensor<f64>, " +
            nameTypes + ") -> (" + nameTypes + ")\n";
    types += ", " + nameTypes;
    values += ", " + gradients;
  }
  return "module attributes {nn.program = {batch = " + std::to_string(test.batch) +
         " : i64}} {\nfunc.func @t(" + head + ") -> (" + results + ") attributes {nn.entry} {\n" + body +
         "return " + values + " : " + types + "\n}\n}";
}

std::string inPrecision(std::string text, bool isDouble) {
  for (size_t at = 0; !isDouble && (at = text.find("f64", at)) != std::string::npos;)
    text.replace(at, 3, "f32");
  return text;
}

struct Reference {
  std::vector<std::string> names;
  std::vector<Tensor> operands, expected;
};

// Operands are such that f32 holds them, so that both sides begin with the same numbers.
std::vector<Tensor> randomOperands(func::FuncOp entry, const CompiledCase &test) {
  std::mt19937_64 generator(20);
  std::uniform_real_distribution<double> real(test.low, test.high);
  std::vector<Tensor> operands;
  for (Type type : entry.getArgumentTypes().drop_front()) {
    auto tensorType = cast<RankedTensorType>(type);
    Shape shape(tensorType.getShape());
    std::replace(shape.begin(), shape.end(), ShapedType::kDynamic, test.rows);
    bool isReal = isa<FloatType>(tensorType.getElementType());
    Tensor &tensor = operands.emplace_back(isReal ? Tensor::real(shape) : Tensor::integer(shape));
    for (double &value : tensor.reals)
      value = float(real(generator));
    for (int64_t &value : tensor.integers)
      value =
          tensorType.getElementType().isInteger(64) ? int64_t(generator() >> 1) : int64_t(generator() % 3);
  }
  return operands;
}

// Relative to the size of the whole: a sum near zero has the error of its terms.
double distance(const Tensor &found, const Tensor &expected) {
  double error = 0, size = 1;
  for (int64_t i = 0; i < expected.size(); ++i) {
    double x = found.isInteger ? found.integers[i] : found.reals[i];
    double y = expected.isInteger ? expected.integers[i] : expected.reals[i];
    error = std::isnan(x) != std::isnan(y) ? INFINITY : std::max(error, std::abs(x - y));
    size = std::max(size, std::abs(y));
  }
  return error / size;
}

class CompiledOp : public testing::TestWithParam<CompiledCase> {
protected:
  CompiledOp() : context(dialects(), MLIRContext::Threading::DISABLED) {
    context.loadDialect<NnDialect, func::FuncDialect, arith::ArithDialect>();
  }

  static DialectRegistry dialects() {
    DialectRegistry registry;
    registerAllDialects(registry);
    registerAllExtensions(registry);
    registry.insert<NnDialect>();
    registerTranslations(registry);
    return registry;
  }

  OwningOpRef<ModuleOp> parse(bool isDouble) {
    return parseSourceString<ModuleOp>(inPrecision(moduleText(GetParam()), isDouble), &context);
  }

  // What the interpreter says.
  Reference reference() {
    OwningOpRef<ModuleOp> module = parse(true);
    Reference run;
    if (!module)
      return run;
    PassManager manager = PassManager::on<ModuleOp>(&context);
    buildAutodiffPhase(manager);
    if (failed(manager.run(*module)))
      return run;
    auto entry = module->lookupSymbol<func::FuncOp>("t");
    run.operands = randomOperands(entry, GetParam());
    for (unsigned i = 0; i < entry.getNumResults(); ++i)
      run.names.push_back(entry.getResultAttrOfType<StringAttr>(i, "nn.name").str());
    if (auto values = interpret(entry, GetParam().rows, run.operands); succeeded(values))
      run.expected = *values;
    return run;
  }

  void compare(const Reference &run, bool isDouble, const Target &target) {
    OwningOpRef<ModuleOp> module = parse(isDouble);
    ASSERT_TRUE(module);
    auto entry = module->lookupSymbol<func::FuncOp>("t");
    std::vector<std::string> names;
    for (unsigned i = 1; i < entry.getNumArguments(); ++i)
      names.push_back(entry.getArgAttrOfType<StringAttr>(i, "nn.name").str());
    std::unique_ptr<Compiled> compiled = Compiled::make(*module, target);
    ASSERT_TRUE(compiled);
    for (auto [name, operand] : llvm::zip(names, run.operands))
      compiled->set(name, operand);
    compiled->call(GetParam().rows);
    for (auto [name, expected] : llvm::zip(run.names, run.expected))
      EXPECT_LE(distance(compiled->get(name, GetParam().rows), expected), isDouble ? 1e-11 : 2e-5)
          << name << " in " << (isDouble ? "f64" : "f32") << " for " << target.cpu;
  }

  MLIRContext context;
};

TEST_P(CompiledOp, AgreesWithTheInterpreter) {
  Reference run = reference();
  ASSERT_FALSE(run.expected.empty());
  DiagnosticEngine engine;
  std::optional<Target> native = selectTarget("native", engine), older = selectTarget("haswell", engine);
  ASSERT_TRUE(native && older);
  for (bool isDouble : {true, false}) {
    compare(run, isDouble, *native);
    if (native->shape.vectorBits != older->shape.vectorBits)
      compare(run, isDouble, *older);
  }
}

INSTANTIATE_TEST_SUITE_P(EveryOp, CompiledOp, testing::ValuesIn(compiledCases()),
                         [](const auto &info) { return info.param.name; });

} // namespace
} // namespace nn::test
