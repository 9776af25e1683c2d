// The members of a tar archive, one after another: ustar with GNU and pax long names. Nothing is unpacked to
// the disk, and names that would leave a folder are refused all the same.
#ifndef NN_RUNTIME_DATA_TAR_H
#define NN_RUNTIME_DATA_TAR_H

#include "runtime/base/Result.h"
#include "runtime/data/Table.h"

#include <functional>
#include <optional>

namespace nnrt {

// As many bytes as there are, at most `count`.
using ReadBytes = std::function<Result<size_t>(void *buffer, size_t count)>;

struct TarMember {
  std::string path; // a/b/c.png
  uint64_t size = 0;
  enum Kind { file, folder, other } kind = file; // other: links, devices
};

class TarReader {
public:
  TarReader(std::string archive, ReadBytes read) : archive(std::move(archive)), source(std::move(read)) {}

  // The next member; what is left of the last one is passed over. Nothing at the end of the archive.
  Result<std::optional<TarMember>> next();
  // The content of this member, at most `limit` bytes. Memory grows with what was read.
  Result<Bytes> read(uint64_t limit);
  // As many of its bytes as are left, at most `count`.
  Result<size_t> readSome(void *buffer, size_t count);

private:
  // Names and sizes that stand before a member's own header.
  struct Extension {
    std::optional<std::string> path;
    std::optional<uint64_t> size;
  };

  Result<bool> readBlock(uint8_t *block);
  Status skip(uint64_t count);
  Status checkEnd();
  Result<TarMember> memberOf(const uint8_t *block, const Extension &extension);
  Status extend(char type, Extension &extension);
  Status extendFromPax(const std::string &records, Extension &extension);
  Result<std::string> readName();
  Error damage(const std::string &what) const;
  bool beginsOther(const uint8_t *block, size_t count) const;
  Error otherFile() const;

  std::string archive;
  ReadBytes source;
  std::string current; // path of this member, for messages
  uint64_t left = 0;   // bytes of this member that have not been read
  uint64_t padding = 0;
  bool isFirst = true; // no header was read yet
};

// Whether a path stays below the folder that it is relative to.
bool staysBelow(const std::string &path);

} // namespace nnrt

#endif
