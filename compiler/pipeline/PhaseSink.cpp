// The files of `--dump-phases`: `03-nn.mlir`, numbered so that a listing shows the way of the data.
#include "compiler/pipeline/PhaseSink.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

namespace nn {

void PhaseSink::add(Phase phase, llvm::function_ref<void(llvm::raw_ostream &)> print) {
  if (!wants(phase))
    return;
  std::string content;
  llvm::raw_string_ostream stream(content);
  print(stream);
  if (!dumpDirectory.empty())
    dump(phase, content);
  if (phase == emit)
    text = std::move(content);
}

// The first failure is reported, the rest would say the same.
void PhaseSink::dump(Phase phase, const std::string &content) {
  if (engine.hasErrors())
    return;
  const PhaseInfo &info = infoOf(phase);
  unsigned number = static_cast<unsigned>(phase) + 1;
  llvm::SmallString<128> path(dumpDirectory);
  llvm::sys::path::append(path, llvm::formatv("{0,0+2}-{1}.{2}", number, info.name, info.suffix).str());
  std::error_code error = llvm::sys::fs::create_directories(dumpDirectory);
  if (!error) {
    llvm::raw_fd_ostream stream(path, error);
    if (!error) {
      stream << content;
      stream.close();
      error = stream.error();
      stream.clear_error();
    }
  }
  if (error)
    engine.report(DiagnosticKind::CannotWrite, {}, {path.str().str(), error.message()});
}

} // namespace nn
