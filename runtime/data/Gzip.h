// The bytes of a file (or of memory), unpacked on the way when they are gzip (RFC 1952, any number of
// members), as they are otherwise.
#ifndef NN_RUNTIME_DATA_GZIP_H
#define NN_RUNTIME_DATA_GZIP_H

#include "runtime/base/File.h"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace nnrt {

class ByteReader {
public:
  static Result<ByteReader> open(const std::string &path);
  // Bytes in memory, which must outlive the reader; messages call them `name`.
  static Result<ByteReader> over(std::string name, std::string_view bytes);
  ByteReader(ByteReader &&) noexcept;
  ~ByteReader();

  const std::string &path() const { return name; }
  // The number of bytes to come when that is known: the file is not packed.
  bool isPacked() const { return inflater != nullptr; }
  uint64_t fileSize() const { return size; }
  // As many bytes as there are, at most `count`. A damaged or truncated stream is an error.
  Result<size_t> read(void *buffer, size_t count);

private:
  struct Inflater;
  ByteReader();
  Status begin();
  Status refill();
  Result<size_t> inflateInto(uint8_t *buffer, size_t count);
  size_t takeBuffered(uint8_t *buffer, size_t count);

  std::string name;
  uint64_t size = 0;
  std::optional<InputFile> file; // else memory
  std::string_view memory;       // what is left of it
  std::vector<uint8_t> input;
  size_t position = 0; // in `input`
  std::unique_ptr<Inflater> inflater;
};

} // namespace nnrt

#endif
