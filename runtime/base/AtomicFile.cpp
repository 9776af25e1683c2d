// The temporary name holds the process id, so two runs that write the same target do not meet.
#include "runtime/base/AtomicFile.h"
#include "runtime/base/File.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace nnrt;

namespace {

bool writeAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return false;
    text.remove_prefix(size_t(written));
  }
  return true;
}

bool writeAndSync(int descriptor, const std::vector<std::string_view> &parts) {
  for (std::string_view part : parts)
    if (!writeAll(descriptor, part))
      return false;
  return fsync(descriptor) == 0;
}

// Makes the rename itself last; a file system that cannot sync a directory has nothing to add.
void syncDirectory(const std::string &directory) {
  int descriptor = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0)
    return;
  (void)fsync(descriptor);
  close(descriptor);
}

// The file behind links, whether it is there or not; of a loop of them, one.
std::string behindLinks(std::string path) {
  constexpr int most = 40;
  char target[PATH_MAX];
  for (int links = 0; links < most; ++links) {
    ssize_t length = readlink(path.c_str(), target, sizeof target);
    if (length <= 0 || size_t(length) == sizeof target)
      break;
    path = joinPath(parentDirectory(path), std::string_view(target, size_t(length)));
  }
  return path;
}

// A pipe or a device is no file that another could stand for.
bool takesBytesOnly(const std::string &path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

Status writeInto(const std::string &path, const std::vector<std::string_view> &parts) {
  int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0)
    return writeError(systemMessage(path, "cannot open"));
  bool written = std::all_of(parts.begin(), parts.end(),
                             [&](std::string_view part) { return writeAll(descriptor, part); });
  Status status = written ? Status(Done{}) : writeError(systemMessage(path, "cannot write"));
  close(descriptor);
  return status;
}

} // namespace

Status nnrt::writeFileAtomically(const std::string &name, const std::vector<std::string_view> &parts) {
  if (takesBytesOnly(name))
    return writeInto(name, parts);
  std::string path = behindLinks(name), temporary = path + ".tmp" + std::to_string(getpid());
  int descriptor = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0)
    return writeError(systemMessage(path, "cannot create"));
  bool written = writeAndSync(descriptor, parts);
  int reason = errno;
  written = close(descriptor) == 0 && written;
  if (!written || rename(temporary.c_str(), path.c_str()) != 0) {
    if (!written)
      errno = reason;
    std::string message = systemMessage(path, "cannot write");
    unlink(temporary.c_str());
    return writeError(message + (fileExists(path) ? "; the file that was there is unchanged" : ""));
  }
  syncDirectory(parentDirectory(path));
  return Done{};
}

Result<AppendFile> AppendFile::create(const std::string &path) {
  int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0)
    return writeError(systemMessage(path, "cannot create"));
  return AppendFile(path, descriptor);
}

AppendFile::AppendFile(AppendFile &&other) noexcept
    : path(std::move(other.path)), descriptor(other.descriptor), length(other.length) {
  other.descriptor = -1;
}

AppendFile &AppendFile::operator=(AppendFile &&other) noexcept {
  std::swap(path, other.path);
  std::swap(descriptor, other.descriptor);
  std::swap(length, other.length);
  return *this;
}

AppendFile::~AppendFile() {
  if (descriptor >= 0)
    close(descriptor);
}

Status AppendFile::append(std::string_view text) {
  if (!writeAll(descriptor, text)) {
    std::string message = systemMessage(path, "cannot write");
    if (ftruncate(descriptor, off_t(length)) == 0)
      lseek(descriptor, off_t(length), SEEK_SET);
    return writeError(message);
  }
  length += text.size();
  return Done{};
}
