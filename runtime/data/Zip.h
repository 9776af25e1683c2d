// The files of a zip archive that are stored or deflated (APPNOTE.TXT of PKWARE), from the directory at its
// end. Archives of more than 4 GiB, encrypted ones and those in several parts are refused by name.
#ifndef NN_RUNTIME_DATA_ZIP_H
#define NN_RUNTIME_DATA_ZIP_H

#include "runtime/base/File.h"

#include <memory>
#include <optional>
#include <vector>

namespace nnrt {

struct ZipEntry {
  std::string name;
  uint16_t method = 0, flags = 0;
  uint32_t checksum = 0;
  uint64_t packedSize = 0, size = 0, headerOffset = 0;
};

class ZipArchive {
public:
  static Result<ZipArchive> open(const std::string &path);
  // Bytes in memory, which must outlive the archive; messages call them `name`.
  static Result<ZipArchive> over(std::string name, std::string_view bytes);

  const std::string &path() const { return name; }
  const std::vector<ZipEntry> &entries() const { return directory; }

  // The bytes of one entry in order. Never more than the directory says; at their end the checksum must be
  // right. The archive must stay where it is, and have one stream at a time.
  class Stream {
  public:
    Stream(Stream &&) noexcept;
    ~Stream();
    Result<size_t> read(void *buffer, size_t count);

  private:
    friend ZipArchive;
    struct State;
    explicit Stream(std::unique_ptr<State> state);
    std::unique_ptr<State> state;
  };
  Result<Stream> stream(const ZipEntry &entry);

private:
  Status readDirectory();
  Result<uint64_t> findEnd(std::vector<uint8_t> &tail, uint64_t &tailOffset);
  Result<std::vector<uint8_t>> readAt(uint64_t offset, size_t count);
  Error corrupt(const std::string &what) const;

  std::string name;
  uint64_t size = 0;
  std::optional<InputFile> file; // else memory
  std::string_view memory;
  std::vector<ZipEntry> directory;
};

} // namespace nnrt

#endif
