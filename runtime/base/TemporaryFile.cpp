// O_TMPFILE never gives the file a name; where the file system does not know it, the name lives for an
// instant.
#include "runtime/base/TemporaryFile.h"
#include "runtime/base/File.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

using namespace nnrt;

Result<TemporaryFile> TemporaryFile::create(const std::string &wanted) {
  std::string directory = wanted.empty() ? "." : wanted;
  while (!isDirectory(directory) && directory != "." && directory != "/")
    directory = parentDirectory(directory);
  int descriptor = open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    std::string name = joinPath(directory, ".records-XXXXXX");
    descriptor = mkostemp(name.data(), O_CLOEXEC);
    if (descriptor < 0)
      return writeError(systemMessage(directory, "cannot create a temporary file here"));
    unlink(name.c_str());
  }
  return TemporaryFile(directory, descriptor);
}

TemporaryFile::TemporaryFile(TemporaryFile &&other) noexcept
    : directory(std::move(other.directory)), descriptor(std::exchange(other.descriptor, -1)) {}

TemporaryFile::~TemporaryFile() {
  if (descriptor >= 0)
    close(descriptor);
}

Status TemporaryFile::write(const void *bytes, size_t count, uint64_t position) {
  for (size_t done = 0; done < count;) {
    ssize_t written =
        pwrite(descriptor, static_cast<const char *>(bytes) + done, count - done, off_t(position + done));
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return writeError(systemMessage(directory, "cannot write the records that do not fit in memory"));
    done += size_t(written);
  }
  return Done{};
}

Status TemporaryFile::read(void *bytes, size_t count, uint64_t position) const {
  for (size_t done = 0; done < count;) {
    ssize_t got = pread(descriptor, static_cast<char *>(bytes) + done, count - done, off_t(position + done));
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      return dataError(systemMessage(directory, "cannot read back the records that did not fit in memory"));
    done += size_t(got);
  }
  return Done{};
}

void TemporaryFile::discard(uint64_t position, uint64_t count) {
  // Where the file system cannot, the space comes back at the end.
  (void)fallocate(descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, off_t(position), off_t(count));
}
