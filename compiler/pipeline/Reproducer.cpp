// MLIR's crash reproducer, with the file made only when there is something to write.
#include "compiler/pipeline/Reproducer.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

namespace nn {

namespace {

class FileStream : public mlir::ReproducerStream {
public:
  FileStream(int descriptor, std::string path)
      : stream(descriptor, /*shouldClose=*/true), path(std::move(path)) {}
  llvm::StringRef description() override { return path; }
  llvm::raw_ostream &os() override { return stream; }

private:
  llvm::raw_fd_ostream stream;
  std::string path;
};

} // namespace

std::string writeReproducer(llvm::StringRef suffix, llvm::StringRef content) {
  int descriptor;
  llvm::SmallString<128> path;
  if (llvm::sys::fs::createTemporaryFile("nnc-internal-error", suffix, descriptor, path))
    return "";
  llvm::raw_fd_ostream stream(descriptor, /*shouldClose=*/true);
  stream << content;
  stream.close();
  bool failed = stream.has_error();
  stream.clear_error();
  return failed ? "" : path.str().str();
}

void enableReproducer(mlir::PassManager &manager, std::string &path) {
  manager.enableCrashReproducerGeneration(
      [&path](std::string &error) -> std::unique_ptr<mlir::ReproducerStream> {
        int descriptor;
        llvm::SmallString<128> name;
        if (std::error_code code =
                llvm::sys::fs::createTemporaryFile("nnc-internal-error", "mlir", descriptor, name)) {
          error = code.message();
          return nullptr;
        }
        path = name.str().str();
        return std::make_unique<FileStream>(descriptor, path);
      });
}

} // namespace nn
