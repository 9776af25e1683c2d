// The last line of defence: nothing here may itself rely on a healthy process more than it must.
#include "compiler/driver/InternalError.h"
#include "compiler/pipeline/Reproducer.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Signals.h"
#include <unistd.h>

namespace nn {

namespace {

// What was asked for; a signal handler has no other way to it.
std::string &commandLine() {
  static std::string text;
  return text;
}

void onCrash(void *) { _exit(internalError("nnc has crashed", "")); }

void onFatalError(void *, const char *reason, bool) { _exit(internalError(reason, "")); }

std::string indented(const std::string &text) {
  std::string result;
  for (char letter : text) {
    result += letter;
    if (letter == '\n')
      result += "  ";
  }
  return result;
}

} // namespace

int internalError(const std::string &message, std::string reproducer) {
  if (reproducer.empty())
    reproducer = writeReproducer("txt", commandLine());
  llvm::errs() << "nnc: internal error: " << indented(message) << '\n'
               << "  this is a fault of nnc, not of your program\n";
  if (!reproducer.empty())
    llvm::errs() << "  to repeat it: " << reproducer << '\n';
  llvm::errs().flush();
  return internalErrorCode;
}

void catchFatalErrors(const std::vector<std::string> &arguments) {
  llvm::SmallString<256> directory;
  llvm::sys::fs::current_path(directory);
  std::string &text = commandLine();
  text = "cd '" + directory.str().str() + "'\nnnc";
  for (const std::string &argument : arguments)
    text += " '" + argument + "'";
  text += '\n';
  llvm::sys::AddSignalHandler(onCrash, nullptr);
  llvm::install_fatal_error_handler(onFatalError);
}

MlirErrors::MlirErrors(mlir::MLIRContext *context)
    : handler(context, [this](mlir::Diagnostic &diagnostic) {
        if (diagnostic.getSeverity() != mlir::DiagnosticSeverity::Error)
          return mlir::success();
        llvm::raw_string_ostream stream(collected);
        stream << (collected.empty() ? "" : "\n") << diagnostic << "\nat " << diagnostic.getLocation();
        return mlir::success();
      }) {}

} // namespace nn
