// POSIX calls behind the readers; every failure names the file and the system's reason.
#include "runtime/base/File.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace nnrt;

std::string nnrt::systemMessage(const std::string &path, const std::string &what) {
  return "`" + path + "`: " + what + ": " + strerror(errno);
}

Result<InputFile> InputFile::open(const std::string &path) {
  InputFile file;
  file.name = path;
  // Without O_NONBLOCK, opening a pipe waits for a writer.
  file.descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat info;
  if (file.descriptor < 0 || fstat(file.descriptor, &info) != 0)
    return dataError(systemMessage(path, "cannot open"));
  if (!S_ISREG(info.st_mode))
    return dataError("`" + path + "` is not a regular file");
  file.bytes = uint64_t(info.st_size);
  return file;
}

InputFile::InputFile(InputFile &&other) noexcept
    : name(std::move(other.name)), descriptor(std::exchange(other.descriptor, -1)), bytes(other.bytes) {}

InputFile &InputFile::operator=(InputFile &&other) noexcept {
  std::swap(name, other.name);
  std::swap(descriptor, other.descriptor);
  std::swap(bytes, other.bytes);
  return *this;
}

InputFile::~InputFile() {
  if (descriptor >= 0)
    close(descriptor);
}

Result<size_t> InputFile::read(void *buffer, size_t count) {
  size_t total = 0;
  while (total < count) {
    ssize_t got = ::read(descriptor, static_cast<char *>(buffer) + total, count - total);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return dataError(systemMessage(name, "cannot read"));
    if (got == 0)
      break;
    total += size_t(got);
  }
  return total;
}

Status InputFile::readFully(void *buffer, size_t count) {
  NNRT_ASSIGN(size_t got, read(buffer, count));
  if (got != count)
    return dataError("`" + name + "` ends early");
  return Done{};
}

Status InputFile::seek(uint64_t position) {
  if (lseek(descriptor, off_t(position), SEEK_SET) < 0)
    return dataError(systemMessage(name, "cannot read"));
  return Done{};
}

bool nnrt::isDirectory(const std::string &path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

bool nnrt::fileExists(const std::string &path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0;
}

std::string nnrt::joinPath(std::string_view directory, std::string_view path) {
  if (directory.empty() || (!path.empty() && path[0] == '/'))
    return std::string(path);
  std::string joined(directory);
  if (joined.back() != '/')
    joined += '/';
  return joined.append(path);
}

std::string nnrt::absolutePath(const std::string &path) {
  if (char *resolved = realpath(path.c_str(), nullptr)) {
    std::string result = resolved;
    free(resolved);
    return result;
  }
  return path;
}

std::string nnrt::parentDirectory(const std::string &path) {
  size_t slash = path.rfind('/');
  if (slash == std::string::npos)
    return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Result<std::string> nnrt::readText(const std::string &path, uint64_t limit) {
  NNRT_ASSIGN(InputFile file, InputFile::open(path));
  if (file.size() > limit)
    return dataError("`" + path + "` is larger than expected");
  std::string text(file.size(), '\0');
  NNRT_TRY(file.readFully(text.data(), text.size()));
  return text;
}
