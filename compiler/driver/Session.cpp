// The front end as the driver calls it.
#include "compiler/driver/Session.h"
#include "compiler/diagnostics/Printer.h"
#include "compiler/driver/Installation.h"
#include "compiler/sema/Analyze.h"
#include "llvm/Support/Process.h"

namespace nn {

std::unique_ptr<typed::Program> Session::load(const std::string &path, const Sets &sets) {
  std::optional<std::string> library = findStandardLibrary(engine);
  if (!library)
    return nullptr;
  std::string error;
  std::optional<uint32_t> file = sources.addFile(path, error);
  if (!file) {
    engine.report(DiagnosticKind::CannotOpenFile, {}, {error});
    return nullptr;
  }
  mainFile = *file;
  AnalyzeOptions analyzeOptions;
  analyzeOptions.libraryDirectory = *library;
  analyzeOptions.sets = sets;
  std::unique_ptr<typed::Program> program = analyze(mainFile, sources, engine, analyzeOptions);
  return engine.hasErrors() ? nullptr : std::move(program);
}

void Session::printDiagnostics() const {
  if (options.jsonErrors)
    return printJson(engine, sources, llvm::errs());
  bool colour = llvm::sys::Process::StandardErrHasColors() && !llvm::sys::Process::GetEnv("NO_COLOR");
  printConsole(engine, sources, llvm::errs(), colour);
}

} // namespace nn
