#include "bench/kernels/Compiled.h"
#include "compiler/backend/Translate.h"
#include "compiler/dialect/NnDialect.h"
#include "compiler/pipeline/CodePhases.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/MemoryBuffer.h"

#include <random>

namespace nnbench {

namespace {

mlir::DialectRegistry allDialects() {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registry.insert<nn::NnDialect>();
  nn::registerTranslations(registry);
  return registry;
}

// The object file, or, if `sink` keeps one, nothing more than the text of a phase.
std::optional<std::string> runPhases(const std::string &text, const nn::Target &target, nn::PhaseSink &sink) {
  mlir::MLIRContext context(allDialects());
  mlir::OwningOpRef<mlir::ModuleOp> module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
  std::string reproducer, object;
  if (!module || nn::runModulePhases(*module, target.shape, sink, reproducer) == nn::Progress::Failed ||
      nn::runCodePhases(*module, target, {"bench", target.cpu, target.features}, sink, object) ==
          nn::Progress::Failed)
    return std::nullopt;
  return object;
}

bool isError(llvm::Error error) {
  bool failed = bool(error);
  llvm::logAllUnhandledErrors(std::move(error), llvm::errs());
  return failed;
}

// Nothing is checked here; the runtime's own wants to be linked with one program.
void check(int64_t, const void *, int64_t) {}

// Everything, weights in whatever layout and records alike: no number is special.
void fill(uint8_t *arena, uint64_t bytes) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> value(-1, 1);
  for (uint64_t i = 0; i + sizeof(float) <= bytes; i += sizeof(float))
    *reinterpret_cast<float *>(arena + i) = value(random);
}

} // namespace

std::optional<std::string> assemblyOf(const std::string &module, const nn::Target &target) {
  nn::DiagnosticEngine engine;
  nn::PhaseSink sink(nn::Phase::Asm, "", engine);
  if (!runPhases(module, target, sink))
    return std::nullopt;
  return sink.emitted();
}

std::unique_ptr<Compiled> Compiled::make(const std::string &module, const nn::Target &target) {
  std::unique_ptr<Compiled> compiled(new Compiled());
  nn::DiagnosticEngine engine;
  nn::PhaseSink sink(std::nullopt, "", engine);
  std::optional<std::string> object = runPhases(module, target, sink);
  if (!object || !compiled->load(*object))
    return nullptr;
  nnrt::Result<nnrt::Arena> arena = nnrt::Arena::create(*compiled->program);
  if (!arena)
    return nullptr;
  compiled->arena.emplace(std::move(*arena));
  const nn_program &program = *compiled->program;
  fill(compiled->arena->data(), program.arena_bytes);
  if (program.fold)
    program.fold(compiled->arena->data(), program.batch, 0);
  return compiled;
}

bool Compiled::load(const std::string &object) {
  auto made = llvm::orc::LLJITBuilder().create();
  if (!made)
    return !isError(made.takeError());
  jit = std::move(*made);
  llvm::orc::SymbolMap symbols;
  auto define = [&](llvm::StringRef name, auto *address) {
    symbols[jit->mangleAndIntern(name)] = {llvm::orc::ExecutorAddr::fromPtr(address),
                                           llvm::JITSymbolFlags::Exported};
  };
  define("nnrt_parallel_for", &nnrt_parallel_for);
  define("nnrt_check", &check);
  if (isError(jit->getMainJITDylib().define(llvm::orc::absoluteSymbols(std::move(symbols)))) ||
      isError(jit->addObjectFile(llvm::MemoryBuffer::getMemBufferCopy(object))))
    return false;
  auto symbol = jit->lookup("nn_program_descriptor");
  if (!symbol)
    return !isError(symbol.takeError());
  program = symbol->toPtr<const nn_program *>();
  return program->predict != nullptr;
}

} // namespace nnbench
