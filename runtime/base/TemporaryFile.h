// A file without a name, for what does not fit in memory: it goes with the process, however that ends.
#ifndef NN_RUNTIME_BASE_TEMPORARYFILE_H
#define NN_RUNTIME_BASE_TEMPORARYFILE_H

#include "runtime/base/Result.h"

#include <cstdint>

namespace nnrt {

class TemporaryFile {
public:
  // On the file system of that directory, which need not exist yet: then of the nearest one above it.
  static Result<TemporaryFile> create(const std::string &directory);
  TemporaryFile(TemporaryFile &&other) noexcept;
  TemporaryFile &operator=(TemporaryFile &&) = delete;
  ~TemporaryFile();

  // A full disk is an error.
  Status write(const void *bytes, size_t count, uint64_t position);
  Status read(void *bytes, size_t count, uint64_t position) const;
  // Gives back the space; what stood there is gone.
  void discard(uint64_t position, uint64_t count);

private:
  TemporaryFile(std::string directory, int descriptor)
      : directory(std::move(directory)), descriptor(descriptor) {}
  std::string directory; // for messages
  int descriptor;
};

} // namespace nnrt

#endif
