// The linker's command line. The executable must run on a bare system: libc and libm are shared, all else is
// static.
#include "compiler/backend/Link.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/Signals.h"
#include <deque>
#include <filesystem>

namespace nn {

namespace {

// A file that is gone when this is, also after a signal.
class PassingFile {
public:
  PassingFile() = default;
  PassingFile(const PassingFile &) = delete;
  ~PassingFile() {
    if (!name.empty()) {
      llvm::sys::fs::remove(name);
      llvm::sys::DontRemoveFileOnSignal(name);
    }
  }

  // `model` has %s where random digits go; a relative one is in the directory for temporary files.
  std::error_code create(const llvm::Twine &model, bool temporaryDirectory) {
    llvm::SmallString<128> pattern;
    if (temporaryDirectory)
      llvm::sys::path::system_temp_directory(/*erasedOnReboot=*/true, pattern);
    llvm::sys::path::append(pattern, model);
    int descriptor;
    llvm::SmallString<128> result;
    if (std::error_code error = llvm::sys::fs::createUniqueFile(pattern, descriptor, result))
      return error;
    llvm::sys::Process::SafelyCloseFileDescriptor(descriptor);
    name = result.str().str();
    llvm::sys::RemoveFileOnSignal(name);
    return {};
  }

  // The file has found its place.
  void release() {
    llvm::sys::DontRemoveFileOnSignal(name);
    name.clear();
  }

  llvm::StringRef path() const { return name; }

private:
  std::string name;
};

bool writeFile(llvm::StringRef path, llvm::StringRef bytes, DiagnosticEngine &engine) {
  std::error_code error;
  llvm::raw_fd_ostream stream(path, error);
  if (!error) {
    stream << bytes;
    stream.close();
    error = stream.error();
    stream.clear_error();
  }
  if (error)
    engine.report(DiagnosticKind::CannotWrite, {}, {path.str(), error.message()});
  return !error;
}

// What the linker said, as notes; a long list of undefined names says nothing new after its beginning.
void noteOutput(llvm::StringRef log, DiagnosticBuilder diagnostic) {
  constexpr unsigned most = 20;
  auto text = llvm::MemoryBuffer::getFile(log);
  if (!text)
    return;
  llvm::SmallVector<llvm::StringRef> lines;
  (*text)->getBuffer().split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : llvm::ArrayRef(lines).take_front(most))
    diagnostic.note(line.rtrim().str());
  if (lines.size() > most)
    diagnostic.note(std::to_string(lines.size() - most) + " more lines");
}

// The C compiler's driver, which knows the linker and its libraries.
bool runLinker(llvm::ArrayRef<llvm::StringRef> options, DiagnosticEngine &engine) {
  auto compiler = llvm::sys::findProgramByName("cc");
  if (!compiler) {
    engine.report(DiagnosticKind::LinkerMissing, {}, {}).note("on Debian: `apt install gcc`");
    return false;
  }
  PassingFile log;
  if (std::error_code error = log.create("nnc-link-%%%%%%%%.log", true)) {
    engine.report(DiagnosticKind::CannotWrite, {}, {"a temporary file", error.message()});
    return false;
  }
  llvm::SmallVector<llvm::StringRef> arguments{*compiler};
  llvm::append_range(arguments, options);
  std::string error;
  std::optional<llvm::StringRef> redirects[] = {llvm::StringRef(), log.path(), log.path()};
  int code = llvm::sys::ExecuteAndWait(*compiler, arguments, std::nullopt, redirects, 0, 0, &error);
  if (code == 0)
    return true;
  DiagnosticBuilder diagnostic = engine.report(DiagnosticKind::LinkFailed, {}, {*compiler});
  if (!error.empty())
    diagnostic.note(error);
  noteOutput(log.path(), diagnostic);
  return false;
}

bool linkExecutable(const LinkJob &job, llvm::StringRef object, llvm::StringRef output,
                    DiagnosticEngine &engine) {
  llvm::StringRef options[] = {"-o",
                               output,
                               object,
                               job.runtimeArchive,
                               "-l:libstdc++.a",
                               "-l:libpng16.a",
                               "-l:libjpeg.a",
                               "-l:libz.a",
                               "-lm",
                               "-static-libgcc",
                               "-pthread",
                               "-Wl,--gc-sections",
                               "-Wl,--as-needed",
                               "-s"};
  return runLinker(options, engine);
}

// A temporary file with these bytes.
bool createObject(PassingFile &file, llvm::StringRef bytes, DiagnosticEngine &engine) {
  if (std::error_code error = file.create("nnc-%%%%%%%%.o", true)) {
    engine.report(DiagnosticKind::CannotWrite, {}, {"a temporary file", error.message()});
    return false;
  }
  return writeFile(file.path(), bytes, engine);
}

// Where a link says that a file is, though there is none yet.
std::string behindLinks(const std::string &path) {
  constexpr int most = 40; // there may be a loop of them
  std::filesystem::path place = path;
  std::error_code error;
  for (int links = 0; links < most; ++links) {
    std::filesystem::path target = std::filesystem::read_symlink(place, error);
    if (error)
      break;
    place = place.parent_path() / target;
  }
  return place;
}

} // namespace

std::optional<std::string> fileToReplace(const std::string &path) {
  llvm::sys::fs::file_status status;
  llvm::SmallString<128> place(path);
  if (llvm::sys::fs::status(path, status)) // nothing is there, or nothing that can be reached
    return behindLinks(path);
  if (status.type() != llvm::sys::fs::file_type::regular_file)
    return std::nullopt;
  if (llvm::sys::fs::real_path(path, place))
    return path;
  return place.str().str();
}

bool link(const LinkJob &job, DiagnosticEngine &engine) {
  auto fail = [&](std::string reason) {
    engine.report(DiagnosticKind::CannotWrite, {}, {job.output, std::move(reason)});
    return false;
  };
  std::optional<std::string> place = fileToReplace(job.output);
  if (!place)
    return fail("it is there and not a file");
  PassingFile executable, object;
  if (std::error_code error = executable.create(*place + "-%%%%%%%%.tmp", false))
    return fail(error.message());
  if (!createObject(object, job.object, engine) ||
      !linkExecutable(job, object.path(), executable.path(), engine))
    return false;
  if (std::error_code error = llvm::sys::fs::rename(executable.path(), *place))
    return fail(error.message());
  executable.release();
  return true;
}

std::optional<std::string> joinObjects(llvm::ArrayRef<std::string> objects, DiagnosticEngine &engine) {
  if (objects.size() == 1)
    return objects.front();
  PassingFile joined;
  if (!createObject(joined, "", engine))
    return std::nullopt;
  std::deque<PassingFile> files;
  llvm::SmallVector<llvm::StringRef> options{"-r", "-nostdlib", "-o", joined.path()};
  for (const std::string &object : objects) {
    if (!createObject(files.emplace_back(), object, engine))
      return std::nullopt;
    options.push_back(files.back().path());
  }
  if (!runLinker(options, engine))
    return std::nullopt;
  auto bytes = llvm::MemoryBuffer::getFile(joined.path());
  if (!bytes) {
    engine.report(DiagnosticKind::CannotWrite, {}, {joined.path().str(), bytes.getError().message()});
    return std::nullopt;
  }
  return (*bytes)->getBuffer().str();
}

} // namespace nn
