// From the command line to the command.
#include "compiler/driver/Driver.h"
#include "compiler/driver/Check.h"
#include "compiler/driver/Compile.h"
#include "compiler/driver/DataBlock.h"
#include "compiler/driver/Document.h"
#include "compiler/driver/Explain.h"
#include "compiler/driver/Format.h"
#include "compiler/driver/Help.h"
#include "compiler/driver/InternalError.h"
#include "compiler/driver/Run.h"

namespace nn {

namespace {

int usageError(const std::string &message) {
  llvm::errs() << "nnc: " << message << "\n  see `nnc --help`\n";
  return 2;
}

// Ends what was printed; a full disk is no fault of the compiler.
int printed() {
  llvm::outs().flush();
  if (!llvm::outs().has_error())
    return 0;
  llvm::errs() << "nnc: cannot write standard output: " << llvm::outs().error().message() << '\n';
  llvm::outs().clear_error();
  return 1;
}

} // namespace

int runDriver(int argumentCount, char **arguments) {
  std::vector<std::string> words(arguments + 1, arguments + argumentCount);
  std::string error;
  std::optional<Options> options = parseOptions(words, error);
  if (!options)
    return usageError(error);
  catchFatalErrors(words);
  switch (options->command) {
  case Command::Help:
    printHelp(llvm::outs());
    return printed();
  case Command::Version:
    printVersion(llvm::outs());
    return printed();
  case Command::Check:
    return check(*options);
  case Command::Run:
    return run(*options);
  case Command::Format:
    return format(*options);
  case Command::Explain:
    return explain(*options);
  case Command::Document:
    return document(*options);
  case Command::Data:
    if (int failure = dataCommand(*options))
      return failure;
    return printed();
  case Command::Compile:
    return compile(*options);
  }
  return 2;
}

} // namespace nn
