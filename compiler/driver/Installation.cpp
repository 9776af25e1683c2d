// Candidates in order; the first that exists is taken.
#include "compiler/driver/Installation.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <initializer_list>

namespace nn {

namespace {

// The directory above `bin`, with symbolic links resolved.
std::string prefix() {
  static int anchor;
  std::string executable = llvm::sys::fs::getMainExecutable("nnc", &anchor);
  return llvm::sys::path::parent_path(llvm::sys::path::parent_path(executable)).str();
}

std::optional<std::string> findPart(const char *what, std::initializer_list<const char *> candidates,
                                    DiagnosticEngine &engine) {
  std::string looked;
  for (const char *candidate : candidates) {
    llvm::SmallString<256> path(prefix());
    llvm::sys::path::append(path, candidate);
    if (llvm::sys::fs::exists(path))
      return path.str().str();
    looked += (looked.empty() ? "looked for `" : "`, `") + path.str().str();
  }
  engine.report(DiagnosticKind::IncompleteInstallation, {}, {what}).note(looked + "`");
  return std::nullopt;
}

} // namespace

std::optional<std::string> findStandardLibrary(DiagnosticEngine &engine) {
  return findPart("standard library", {"share/nnc/stdlib"}, engine);
}

std::optional<std::string> findRuntimeArchive(DiagnosticEngine &engine) {
  return findPart("runtime library",
                  {NNC_LIBRARY_DIRECTORY "/nnc/libnnrt.a", "lib/nnc/libnnrt.a", "lib/libnnrt.a"}, engine);
}

} // namespace nn
