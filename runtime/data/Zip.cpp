// Sizes come from the directory, not from the headers before the entries, which may leave them open.
#include "runtime/data/Zip.h"
#include "runtime/data/Inflate.h"

#include <algorithm>
#include <cstring>
#include <zlib.h>

using namespace nnrt;

namespace {

constexpr size_t endSize = 22, entrySize = 46, headerSize = 30, maxComment = 65535;
constexpr size_t maxDirectory = size_t(16) << 20, pieceSize = size_t(64) << 10;
constexpr uint16_t deflated = 8;
constexpr uint32_t open64 = 0xffffffff; // the number is elsewhere, because it needs 64 bits

uint32_t numberAt(const uint8_t *bytes, size_t count) {
  uint32_t value = 0;
  for (size_t i = 0; i < count; ++i)
    value |= uint32_t(bytes[i]) << 8 * i;
  return value;
}

bool isSignature(const uint8_t *bytes, const char *signature) { return memcmp(bytes, signature, 4) == 0; }

} // namespace

Error ZipArchive::corrupt(const std::string &what) const {
  return dataError("`" + name + "` is not a whole zip archive: " + what);
}

Result<ZipArchive> ZipArchive::open(const std::string &path) {
  ZipArchive archive;
  archive.name = path;
  NNRT_ASSIGN(InputFile file, InputFile::open(path));
  archive.size = file.size();
  archive.file = std::move(file);
  NNRT_TRY(archive.readDirectory());
  return archive;
}

Result<ZipArchive> ZipArchive::over(std::string name, std::string_view bytes) {
  ZipArchive archive;
  archive.name = std::move(name);
  archive.size = bytes.size();
  archive.memory = bytes;
  NNRT_TRY(archive.readDirectory());
  return archive;
}

Result<std::vector<uint8_t>> ZipArchive::readAt(uint64_t offset, size_t count) {
  if (offset > size || count > size - offset)
    return corrupt("it ends early");
  std::vector<uint8_t> bytes(count);
  if (!file) {
    std::copy_n(memory.begin() + ptrdiff_t(offset), count, bytes.begin());
    return bytes;
  }
  NNRT_TRY(file->seek(offset));
  NNRT_TRY(file->readFully(bytes.data(), count));
  return bytes;
}

// The record at the archive's end, before a comment.
Result<uint64_t> ZipArchive::findEnd(std::vector<uint8_t> &tail, uint64_t &tailOffset) {
  size_t count = size_t(std::min<uint64_t>(size, endSize + maxComment));
  tailOffset = size - count;
  NNRT_ASSIGN(tail, readAt(tailOffset, count));
  for (size_t at = count; at-- > 0;)
    if (at + endSize <= count && isSignature(&tail[at], "PK\5\6") &&
        at + endSize + numberAt(&tail[at + 20], 2) == count)
      return uint64_t(at);
  return corrupt("there is no directory at its end");
}

Status ZipArchive::readDirectory() {
  std::vector<uint8_t> tail;
  uint64_t tailOffset = 0;
  NNRT_ASSIGN(uint64_t at, findEnd(tail, tailOffset));
  const uint8_t *end = &tail[size_t(at)];
  uint32_t count = numberAt(end + 10, 2), bytes = numberAt(end + 12, 4), offset = numberAt(end + 16, 4);
  if (count == 0xffff || bytes == open64 || offset == open64)
    return dataError("`" + name + "`: zip archives of more than 4 GiB or 65,534 files are not supported");
  if (numberAt(end + 4, 2) != 0 || numberAt(end + 8, 2) != count)
    return dataError("`" + name + "`: zip archives in several parts are not supported");
  if (bytes > maxDirectory)
    return corrupt("its directory claims " + std::to_string(bytes) + " bytes");
  NNRT_ASSIGN(std::vector<uint8_t> all, readAt(offset, bytes));
  size_t position = 0;
  for (uint32_t i = 0; i < count; ++i) {
    if (position + entrySize > all.size() || !isSignature(&all[position], "PK\1\2"))
      return corrupt("its directory ends at entry " + std::to_string(i) + " of " + std::to_string(count));
    const uint8_t *raw = &all[position];
    size_t nameSize = numberAt(raw + 28, 2);
    size_t whole = entrySize + nameSize + numberAt(raw + 30, 2) + numberAt(raw + 32, 2);
    if (position + whole > all.size())
      return corrupt("its directory ends inside entry " + std::to_string(i));
    ZipEntry entry;
    entry.name.assign(reinterpret_cast<const char *>(raw) + entrySize, nameSize);
    entry.flags = uint16_t(numberAt(raw + 8, 2));
    entry.method = uint16_t(numberAt(raw + 10, 2));
    entry.checksum = numberAt(raw + 16, 4);
    entry.packedSize = numberAt(raw + 20, 4);
    entry.size = numberAt(raw + 24, 4);
    entry.headerOffset = numberAt(raw + 42, 4);
    directory.push_back(std::move(entry));
    position += whole;
  }
  return Done{};
}

struct ZipArchive::Stream::State {
  ZipArchive &archive;
  ZipEntry entry;
  uint64_t offset, packedLeft, left; // in the archive, of the packed bytes, of the bytes to come
  uint32_t checksum = 0;
  std::vector<uint8_t> piece;
  size_t position = 0; // in it
  Inflate inflate{Inflate::Form::bare};

  State(ZipArchive &archive, const ZipEntry &entry, uint64_t offset)
      : archive(archive), entry(entry), offset(offset), packedLeft(entry.packedSize), left(entry.size) {}
  Error corrupt(const std::string &what) const {
    return dataError("`" + archive.name + "`: `" + entry.name + "` is corrupt: " + what);
  }
  Status refill() {
    auto count = size_t(std::min<uint64_t>(packedLeft, pieceSize));
    NNRT_ASSIGN(piece, archive.readAt(offset, count));
    offset += count;
    packedLeft -= count;
    position = 0;
    return Done{};
  }
  Inflate::Step copySome(uint8_t *buffer, size_t count) {
    size_t got = std::min(count, piece.size() - position);
    if (got)
      memcpy(buffer, piece.data() + position, got);
    return {got, got, false, ""};
  }
  // At least one byte.
  Result<size_t> some(uint8_t *buffer, size_t count) {
    while (true) {
      if (position == piece.size())
        NNRT_TRY(refill());
      Inflate::Step step =
          entry.method == 0 ? copySome(buffer, count)
                            : inflate.some(piece.data() + position, piece.size() - position, buffer, count);
      position += step.used;
      if (!step.failure.empty())
        return corrupt(step.failure);
      if (step.made > 0)
        return step.made;
      if (step.isEnd || (position == piece.size() && packedLeft == 0))
        return corrupt("it is shorter than the directory says");
    }
  }
};

ZipArchive::Stream::Stream(std::unique_ptr<State> state) : state(std::move(state)) {}
ZipArchive::Stream::Stream(Stream &&) noexcept = default;
ZipArchive::Stream::~Stream() = default;

Result<ZipArchive::Stream> ZipArchive::stream(const ZipEntry &entry) {
  if (entry.flags & 1)
    return dataError("`" + name + "`: `" + entry.name + "` is encrypted, which is not supported");
  if (entry.method != 0 && entry.method != deflated)
    return dataError("`" + name + "`: `" + entry.name + "` is packed by method " +
                     std::to_string(entry.method) + ", expected stored or deflated");
  if (entry.size == open64 || entry.packedSize == open64 || entry.headerOffset == open64)
    return dataError("`" + name + "`: `" + entry.name + "` is larger than 4 GiB, which is not supported");
  if (entry.method == 0 && entry.size != entry.packedSize)
    return corrupt("`" + entry.name + "` is stored, but has two sizes");
  NNRT_ASSIGN(std::vector<uint8_t> header, readAt(entry.headerOffset, headerSize));
  if (!isSignature(header.data(), "PK\3\4"))
    return corrupt("`" + entry.name + "` is not where the directory says");
  uint64_t data = entry.headerOffset + headerSize + numberAt(&header[26], 2) + numberAt(&header[28], 2);
  auto state = std::make_unique<Stream::State>(*this, entry, data);
  if (!state->inflate.isReady())
    return internalError("zlib could not start");
  return Stream(std::move(state));
}

Result<size_t> ZipArchive::Stream::read(void *buffer, size_t count) {
  auto *bytes = static_cast<uint8_t *>(buffer);
  size_t total = 0;
  while (total < count && state->left > 0) {
    NNRT_ASSIGN(size_t got,
                state->some(bytes + total, size_t(std::min<uint64_t>(count - total, state->left))));
    state->checksum = uint32_t(crc32_z(state->checksum, bytes + total, got));
    state->left -= got;
    total += got;
    if (state->left == 0 && state->checksum != state->entry.checksum)
      return state->corrupt("its checksum is wrong");
  }
  return total;
}
