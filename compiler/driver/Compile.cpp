// The phases in a row. Whatever can be wrong with the surroundings (CPU, runtime library) is asked first, so
// that nobody waits for a compilation that cannot end well.
#include "compiler/driver/Compile.h"
#include "compiler/ast/Printer.h"
#include "compiler/backend/Link.h"
#include "compiler/backend/Translate.h"
#include "compiler/dialect/NnDialect.h"
#include "compiler/driver/Help.h"
#include "compiler/driver/Installation.h"
#include "compiler/driver/InternalError.h"
#include "compiler/irgen/Irgen.h"
#include "compiler/parse/Parse.h"
#include "compiler/pipeline/CodePhases.h"
#include "compiler/sema/Analyze.h"
#include "llvm/Support/Path.h"
#include "mlir/IR/Verifier.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"

namespace nn {

namespace {

mlir::DialectRegistry allDialects() {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registry.insert<NnDialect>();
  registerTranslations(registry);
  return registry;
}

// The phases before MLIR. True if the run ends with one of them.
bool showFrontEnd(Session &session, const typed::Program &program, PhaseSink &sink) {
  if (sink.wants(Phase::Ast)) {
    DiagnosticEngine silent; // it was parsed before without errors
    if (auto file = parse(session.mainFile, session.sources, silent))
      sink.add(Phase::Ast, [&](llvm::raw_ostream &out) { ast::dump(*file, out); });
  }
  sink.add(Phase::TypedAst, [&](llvm::raw_ostream &out) { print(program, out); });
  return sink.isLast(Phase::Ast) || sink.isLast(Phase::TypedAst);
}

// A file appears whole or not at all; a device or a pipe gets the text.
llvm::Error writeText(const std::string &path, llvm::StringRef text) {
  if (std::optional<std::string> place = fileToReplace(path))
    return llvm::writeToOutput(*place, [&](llvm::raw_ostream &out) {
      out << text;
      return llvm::Error::success();
    });
  std::error_code error;
  llvm::raw_fd_ostream out(path, error);
  if (!error) {
    out << text;
    out.close();
    error = out.error();
    out.clear_error();
  }
  return llvm::errorCodeToError(error);
}

} // namespace

bool writeOutput(const std::string &path, llvm::StringRef text, DiagnosticEngine &engine) {
  if (path.empty()) {
    llvm::outs() << text;
    llvm::outs().flush();
    if (!llvm::outs().has_error())
      return true;
    engine.report(DiagnosticKind::CannotWrite, {}, {"standard output", llvm::outs().error().message()});
    llvm::outs().clear_error();
    return false;
  }
  llvm::Error error = writeText(path, text);
  if (!error)
    return true;
  engine.report(DiagnosticKind::CannotWrite, {}, {path, llvm::toString(std::move(error))});
  return false;
}

namespace {

// The text of a phase goes to the output or to stdout; an object is no text, so it always has a file.
bool writeEmitted(const Options &options, const std::string &defaultStem, const PhaseSink &sink,
                  DiagnosticEngine &engine) {
  std::string path = options.output;
  if (path.empty() && options.emit == Phase::Obj)
    path = defaultStem + ".o";
  return writeOutput(path, sink.emitted(), engine);
}

struct Generated {
  Progress progress;
  std::string object;
  int code = 0; // of a failure
};

// From the typed program to the object file.
Generated runPhases(Session &session, const typed::Program &program, const Target &target, PhaseSink &sink) {
  Generated result;
  mlir::MLIRContext context(allDialects());
  MlirErrors errors(&context);
  std::string reproducer;
  mlir::OwningOpRef<mlir::ModuleOp> module =
      generate(program, session.sources, context, session.options.precision);
  bool valid = module && succeeded(mlir::verify(*module));
  result.progress = valid ? runModulePhases(*module, target.shape, sink, reproducer) : Progress::Failed;
  if (result.progress == Progress::GoesOn)
    result.progress =
        runCodePhases(*module, target, {compilerName(), target.cpu, target.features}, sink, result.object);
  if (result.progress == Progress::Failed)
    result.code = internalError(errors.text(), reproducer);
  return result;
}

std::string stemOf(const std::string &file) { return llvm::sys::path::stem(file).str(); }

} // namespace

int build(Session &session, const typed::Program &program, const std::string &output) {
  const Options &options = session.options;
  PhaseSink sink(options.emit, options.dumpDirectory, session.engine);
  std::optional<Target> target = selectTarget(options.cpu, session.engine);
  std::optional<std::string> runtime;
  if (!options.emit)
    runtime = findRuntimeArchive(session.engine);
  if (session.engine.hasErrors())
    return 1;

  Generated generated{Progress::Ended, "", 0};
  if (!showFrontEnd(session, program, sink))
    generated = runPhases(session, program, *target, sink);
  if (generated.progress == Progress::Failed)
    return generated.code;
  if (session.engine.hasErrors())
    return 1;
  if (generated.progress == Progress::Ended)
    return writeEmitted(options, stemOf(options.files[0]), sink, session.engine) ? 0 : 1;
  return link({generated.object, *runtime, output}, session.engine) ? 0 : 1;
}

int compile(const Options &options) {
  Session session(options);
  int code = 1;
  const std::string &file = options.files[0];
  if (auto program = session.load(file, options.sets))
    code = build(session, *program, options.output.empty() ? stemOf(file) : options.output);
  session.printDiagnostics();
  return code;
}

} // namespace nn
