#include "test/layers/LayerProgram.h"
#include "compiler/autodiff/Pipeline.h"
#include "compiler/backend/Translate.h"
#include "compiler/diagnostics/Printer.h"
#include "compiler/dialect/NnDialect.h"
#include "compiler/sema/Analyze.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;

namespace nn::test {
namespace {

struct Input {
  std::string name, type;
  bool isFloat() const { return type.compare(0, 3, "f32") == 0; }
};

std::vector<Input> inputsOf(const LayerCase &test) {
  std::vector<Input> inputs;
  SmallVector<StringRef> texts;
  StringRef(test.inputs).split(texts, "; ");
  for (StringRef text : texts) {
    auto [name, type] = text.split(": ");
    inputs.push_back({name.str(), type.str()});
  }
  return inputs;
}

// f32[7, 6] of a record is f32[b, 7, 6] of the batch.
std::string batched(const std::string &type) {
  auto [word, sizes] = StringRef(type).split('[');
  return sizes.empty() ? type + "[b]" : (word + "[b, " + sizes).str();
}

DialectRegistry dialects() {
  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllExtensions(registry);
  registry.insert<NnDialect>();
  registerTranslations(registry);
  return registry;
}

uint64_t hashOf(StringRef text) {
  uint64_t hash = 14695981039346656037u;
  for (unsigned char c : text.bytes())
    hash = (hash ^ c) * 1099511628211u;
  return hash;
}

// In [-1, 1), in steps of 2^-23.
class Numbers {
public:
  explicit Numbers(StringRef name) : state(hashOf(name)) {}
  uint64_t bits() {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return state >> 40;
  }
  double real() { return double(bits()) / double(1 << 24) * 2 - 1; }

private:
  uint64_t state;
};

Tensor numbers(StringRef name, Type element, const Shape &shape, int64_t classes) {
  Numbers generator(name);
  Tensor tensor = isa<FloatType>(element) ? Tensor::real(shape) : Tensor::integer(shape);
  for (double &value : tensor.reals)
    value = generator.real();
  if (name.ends_with(".variance"))
    for (double &value : tensor.reals)
      value = 0.5 + std::abs(value);
  for (int64_t &value : tensor.integers)
    value = int64_t(generator.bits() % uint64_t(classes));
  return tensor;
}

} // namespace

std::string programText(const LayerCase &test) {
  std::string fields, sources, parameters, lines, names;
  for (const Input &input : inputsOf(test)) {
    fields += "  field " + input.name + ": " + input.type + "\n";
    sources += "\"" + input.name + "\", ";
    parameters += (parameters.empty() ? "" : ", ") + std::string(input.isFloat() ? "given_" : "") +
                  input.name + ": " + batched(input.type);
    names += (names.empty() ? "" : ", ") + input.name;
    if (input.isFloat())
      lines += "  param d_" + input.name + ": " + input.type + " = zeros\n  let " + input.name + " = given_" +
               input.name + " + d_" + input.name + "\n";
  }
  return "import std\n" + test.before + "\ndata d {\n  train = idx(" + sources + "\"c\")\n" + fields +
         "  field c: " + test.result + "\n}\nloss weighted(y: " + batched(test.result) +
         ", c: " + batched(test.result) + ") -> f32 { sum(y * c) }\nnetwork Case(" + parameters + ") -> " +
         batched(test.result) + " {\n" + lines + "  " + test.body +
         "\n}\ntrain t on d {\n  batch = " + std::to_string(caseBatch) +
         "; epochs = 1\n  minimize weighted(Case(" + names + "), c) with SGD(1)\n}\npredict Case(" + names +
         ")\n";
}

LayerProgram::LayerProgram() : context(dialects(), MLIRContext::Threading::DISABLED) {
  context.loadDialect<NnDialect, func::FuncDialect, arith::ArithDialect>();
}

std::unique_ptr<LayerProgram> LayerProgram::make(const LayerCase &test, Precision precision) {
  std::unique_ptr<LayerProgram> made(new LayerProgram());
  SourceManager sources;
  DiagnosticEngine diagnostics;
  uint32_t file = sources.addBuffer(test.name + ".nn", programText(test));
  std::unique_ptr<typed::Program> program = analyze(file, sources, diagnostics, {NN_STDLIB_DIR, {}});
  printConsole(diagnostics, sources, llvm::errs(), false);
  if (!program || diagnostics.hasErrors())
    return nullptr;
  made->module = generate(*program, sources, made->context, precision);
  return made->module ? std::move(made) : nullptr;
}

func::FuncOp LayerProgram::entry(StringRef name) { return module->lookupSymbol<func::FuncOp>(name); }

TensorMap LayerProgram::start() {
  TensorMap memory;
  for (StringRef name : {"t.step", "predict"}) {
    func::FuncOp function = entry(name);
    for (BlockArgument argument : function.getArguments()) {
      auto type = dyn_cast<RankedTensorType>(argument.getType());
      auto attribute = [&](StringRef key) {
        return function.getArgAttrOfType<StringAttr>(argument.getArgNumber(), key);
      };
      StringRef role = attribute("nn.role").getValue();
      if (role != "field" && role != "parameter" && role != "state")
        continue;
      StringRef title = attribute("nn.name").getValue();
      Shape shape(type.getShape());
      llvm::replace(shape, ShapedType::kDynamic, caseRows);
      constexpr int64_t classes = 3; // every case has as many or more
      memory[title.str()] = numbers(title, type.getElementType(), shape, classes);
    }
  }
  return memory;
}

FailureOr<TensorMap> LayerProgram::interpret(StringRef name, TensorMap memory) {
  if (!differentiated) {
    differentiated = module->clone();
    PassManager manager = PassManager::on<ModuleOp>(&context);
    buildAutodiffPhase(manager);
    if (failed(manager.run(*differentiated)))
      return failure();
  }
  auto calls = runEntry(differentiated->lookupSymbol<func::FuncOp>(name), {caseRows, 1}, memory);
  if (failed(calls))
    return failure();
  for (auto &[title, value] : calls->front())
    memory[title] = value;
  return memory;
}

namespace {

// Drops the other results, and what only they need.
void keepResult(func::FuncOp function, StringRef name) {
  llvm::BitVector dropped(function.getNumResults());
  for (unsigned i = 0; i < function.getNumResults(); ++i)
    dropped[i] = resultName(function, i) != name;
  function.front().getTerminator()->eraseOperands(dropped);
  (void)function.eraseResults(dropped);
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(function.front())))
    if (isOpTriviallyDead(&op))
      op.erase();
}

} // namespace

std::unique_ptr<Compiled> LayerProgram::compile(StringRef name, const Target &target, StringRef onlyResult) {
  OwningOpRef<ModuleOp> clone = module->clone();
  for (auto function : llvm::make_early_inc_range(clone->getOps<func::FuncOp>())) {
    if (function.getName() != name)
      function.erase();
    else
      function.setName("t");
  }
  if (!onlyResult.empty())
    keepResult(clone->lookupSymbol<func::FuncOp>("t"), onlyResult);
  return Compiled::make(*clone, target);
}

void LayerProgram::prepare(Compiled &compiled, const TensorMap &memory) {
  for (const auto &[title, value] : memory)
    compiled.set(title, value);
  for (auto [title, value] : {std::pair("seed", 0), std::pair("step", 1), std::pair("steps", 1)})
    compiled.set(title, Tensor::integer({}, value));
  Tensor ids = Tensor::integer({caseRows});
  for (int64_t row = 0; row < caseRows; ++row)
    ids.integers[row] = row;
  compiled.set("d", ids);
}

TensorMap LayerProgram::call(StringRef name, Compiled &compiled, const TensorMap &memory) {
  prepare(compiled, memory);
  compiled.call(caseRows);
  TensorMap left;
  func::FuncOp function = entry(name);
  for (unsigned i = 0; i < function.getNumResults(); ++i) {
    std::string title = resultName(function, i);
    left[title] = compiled.get(title, caseRows);
  }
  return left;
}

FailureOr<TensorMap> LayerProgram::runCompiled(StringRef name, const TensorMap &memory,
                                               const Target &target) {
  std::unique_ptr<Compiled> compiled = compile(name, target);
  if (!compiled)
    return failure();
  return call(name, *compiled, memory);
}

} // namespace nn::test
