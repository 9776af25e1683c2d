// Runs an entry of a module in the reference interpreter, in double. Prints the results, or writes them with
// the parameters they change to a file, so that whole training steps can be followed.
#include "compiler/dialect/NnDialect.h"
#include "compiler/reference/Session.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
namespace cl = llvm::cl;

namespace {

struct Options {
  cl::OptionCategory own{"options"};
  cl::opt<std::string> file{cl::Positional, cl::desc("module"), cl::init("-"), cl::cat(own)};
  cl::opt<std::string> entry{"entry", cl::desc("function to run"), cl::init("main"), cl::cat(own)};
  cl::opt<std::string> in{"in", cl::desc("safetensors file with the arguments by nn.name"), cl::cat(own)};
  cl::opt<std::string> out{"out", cl::desc("safetensors file for the arguments as changed, and the results"),
                           cl::cat(own)};
  cl::list<std::string> set{"set", cl::desc("name=value: a scalar argument"), cl::cat(own)};
  cl::opt<int64_t> rows{"rows", cl::desc("rows of a call"), cl::init(1), cl::cat(own)};
  cl::opt<int64_t> steps{"steps", cl::desc("calls, each with the next rows of the batch tensors"),
                         cl::init(1), cl::cat(own)};
  cl::opt<unsigned> digits{"digits", cl::desc("significant digits to print; 17 read back to the same bits"),
                           cl::init(9), cl::cat(own)};
};

LogicalResult fail(const Twine &message) {
  llvm::errs() << "nn-interp: " << message << '\n';
  return failure();
}

LogicalResult setScalar(func::FuncOp entry, StringRef assignment, nn::TensorMap &memory) {
  auto [name, text] = assignment.split('=');
  for (BlockArgument argument : entry.getArguments()) {
    auto argumentName = entry.getArgAttrOfType<StringAttr>(argument.getArgNumber(), "nn.name");
    auto type = dyn_cast<RankedTensorType>(argument.getType());
    if (!argumentName || argumentName.getValue() != name || !type || type.getRank() != 0)
      continue;
    nn::Tensor scalar =
        isa<FloatType>(type.getElementType()) ? nn::Tensor::real({}) : nn::Tensor::integer({});
    if (scalar.isInteger ? text.getAsInteger(0, scalar.integers[0]) : text.getAsDouble(scalar.reals[0]))
      return fail("`" + text + "` is no value of " + name);
    memory[name.str()] = std::move(scalar);
    return success();
  }
  return fail("no scalar argument `" + name + "`");
}

void printResults(const std::vector<nn::TensorMap> &calls, unsigned digits) {
  for (const nn::TensorMap &call : calls)
    for (const auto &[name, tensor] : call) {
      llvm::outs() << name << " = ";
      tensor.print(llvm::outs(), std::min(digits, 17u));
      llvm::outs() << '\n';
    }
}

LogicalResult run(const Options &options, MLIRContext &context) {
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(options.file.getValue(), &context);
  if (!module)
    return failure();
  auto entry = module->lookupSymbol<func::FuncOp>(options.entry);
  if (!entry)
    return fail("no function `" + options.entry + "`");
  nn::TensorMap memory;
  if (!options.in.empty()) {
    llvm::Expected<nn::TensorMap> read = nn::readSafetensors(options.in);
    if (!read)
      return fail(llvm::toString(read.takeError()));
    memory = std::move(*read);
  }
  for (const std::string &assignment : options.set)
    if (failed(setScalar(entry, assignment, memory)))
      return failure();
  FailureOr<std::vector<nn::TensorMap>> calls = nn::runEntry(entry, {options.rows, options.steps}, memory);
  if (failed(calls))
    return failure();
  printResults(*calls, options.digits);
  if (options.out.empty())
    return success();
  if (!calls->empty())
    memory.insert(calls->back().begin(), calls->back().end());
  if (llvm::Error error = nn::writeSafetensors(options.out, memory))
    return fail(llvm::toString(std::move(error)));
  return success();
}

} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  Options options;
  cl::HideUnrelatedOptions(options.own);
  cl::ParseCommandLineOptions(argc, argv, "reference interpreter of the nn dialect\n");
  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.loadDialect<nn::NnDialect, func::FuncDialect, arith::ArithDialect>();
  llvm::SourceMgr sources;
  SourceMgrDiagnosticHandler handler(sources, &context);
  return failed(run(options, context));
}
