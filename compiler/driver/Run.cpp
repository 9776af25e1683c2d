// The executable is opened, its name removed, and the open file executed: nothing is left behind, whatever
// ends the run.
#include "compiler/driver/Run.h"
#include "compiler/backend/Target.h"
#include "compiler/driver/Compile.h"
#include "compiler/driver/SplitSets.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace nn {

namespace {

std::vector<std::string> compiledHypers(const typed::Program &program) {
  std::vector<std::string> names;
  for (const typed::Hyper &hyper : program.hypers)
    if (hyper.compiled)
      names.push_back(hyper.name);
  return names;
}

// Before anything is compiled: the program would stop at its first instruction of that kind.
bool runsHere(Session &session) {
  std::optional<Target> target = selectTarget(session.options.cpu, session.engine);
  if (!target)
    return false;
  std::vector<std::string> missing = missingFeatures(*target);
  if (!missing.empty())
    session.engine.report(DiagnosticKind::CpuBeyondMachine, {}, {target->cpu, llvm::join(missing, ", ")});
  return missing.empty();
}

// Compiles to a passing file. The open executable, or -1 with `code` set.
int openExecutable(Session &session, const typed::Program &program, int &code) {
  llvm::SmallString<128> directory;
  if (std::error_code error = llvm::sys::fs::createUniqueDirectory("nnc-run", directory)) {
    session.engine.report(DiagnosticKind::CannotWrite, {}, {"a temporary directory", error.message()});
    code = 1;
    return -1;
  }
  std::string path = (directory + "/" + program.name).str();
  code = build(session, program, path);
  int file = code == 0 ? open(path.c_str(), O_RDONLY | O_CLOEXEC) : -1;
  if (code == 0 && file < 0) {
    session.engine.report(DiagnosticKind::CannotStart, {}, {program.name, std::strerror(errno)});
    code = 1;
  }
  llvm::sys::fs::remove(path);
  llvm::sys::fs::remove(directory);
  return file;
}

void becomeProgram(int file, const std::string &name, const std::vector<std::string> &arguments) {
  std::vector<char *> words{const_cast<char *>(name.c_str())};
  for (const std::string &argument : arguments)
    words.push_back(const_cast<char *>(argument.c_str()));
  words.push_back(nullptr);
  fexecve(file, words.data(), environ);
}

} // namespace

int run(const Options &options) {
  Session first(options);
  auto program = first.load(options.files[0], options.sets);
  if (!program) {
    first.printDiagnostics();
    return 1;
  }

  // Which hyperparameters are compiled in is known only now; with other values for them it is another
  // program.
  SplitArguments split = splitSets(options.programArguments, compiledHypers(*program));
  Sets sets = options.sets;
  sets.insert(sets.end(), split.compiled.begin(), split.compiled.end());
  Session session(options);
  program = session.load(options.files[0], sets);
  int code = 1;
  int file = program && runsHere(session) ? openExecutable(session, *program, code) : -1;
  if (file >= 0) {
    session.printDiagnostics();
    becomeProgram(file, program->name, split.others);
    session.engine.report(DiagnosticKind::CannotStart, {}, {program->name, std::strerror(errno)});
    code = 1;
  }
  session.printDiagnostics();
  return code;
}

} // namespace nn
