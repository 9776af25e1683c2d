// zlib checks the CRC and length at the end of each member; what it cannot know is that the file must not end
// inside one, and that nothing but another member may follow.
#include "runtime/data/Gzip.h"
#include "runtime/data/Inflate.h"

#include <algorithm>
#include <cstring>

using namespace nnrt;

namespace {
constexpr size_t inputBuffer = 1 << 16;
} // namespace

struct ByteReader::Inflater {
  Inflate inflate{Inflate::Form::gzip};
  bool betweenMembers = false;
};

ByteReader::ByteReader() = default;
ByteReader::ByteReader(ByteReader &&) noexcept = default;
ByteReader::~ByteReader() = default;

Result<ByteReader> ByteReader::open(const std::string &path) {
  NNRT_ASSIGN(InputFile file, InputFile::open(path));
  ByteReader reader;
  reader.name = path;
  reader.size = file.size();
  reader.file = std::move(file);
  NNRT_TRY(reader.begin());
  return reader;
}

Result<ByteReader> ByteReader::over(std::string name, std::string_view bytes) {
  ByteReader reader;
  reader.name = std::move(name);
  reader.size = bytes.size();
  reader.memory = bytes;
  NNRT_TRY(reader.begin());
  return reader;
}

Status ByteReader::begin() {
  NNRT_TRY(refill());
  if (input.size() >= 2 && input[0] == 0x1f && input[1] == 0x8b) {
    inflater = std::make_unique<Inflater>();
    if (!inflater->inflate.isReady())
      return internalError("zlib could not start");
  }
  return Done{};
}

Status ByteReader::refill() {
  position = 0;
  if (!file) {
    std::string_view piece = memory.substr(0, inputBuffer);
    input.assign(piece.begin(), piece.end());
    memory.remove_prefix(piece.size());
    return Done{};
  }
  input.resize(inputBuffer);
  NNRT_ASSIGN(size_t got, file->read(input.data(), input.size()));
  input.resize(got);
  return Done{};
}

size_t ByteReader::takeBuffered(uint8_t *buffer, size_t count) {
  size_t taken = std::min(count, input.size() - position);
  if (taken)
    memcpy(buffer, input.data() + position, taken);
  position += taken;
  return taken;
}

Result<size_t> ByteReader::read(void *buffer, size_t count) {
  auto *bytes = static_cast<uint8_t *>(buffer);
  size_t total = 0;
  while (total < count) {
    size_t got;
    if (inflater) {
      NNRT_ASSIGN(got, inflateInto(bytes + total, count - total));
    } else if ((got = takeBuffered(bytes + total, count - total)) == 0 && file &&
               count - total >= inputBuffer) {
      NNRT_ASSIGN(got, file->read(bytes + total, count - total));
    } else if (got == 0) {
      NNRT_TRY(refill());
      got = takeBuffered(bytes + total, count - total);
    }
    if (got == 0)
      break;
    total += got;
  }
  return total;
}

// At least one byte, or 0 at the proper end of the file.
Result<size_t> ByteReader::inflateInto(uint8_t *buffer, size_t count) {
  while (true) {
    if (position == input.size())
      NNRT_TRY(refill());
    if (input.empty() && inflater->betweenMembers)
      return size_t(0);
    if (input.empty())
      return dataError("`" + path() + "` is truncated: the gzip stream ends early");
    if (inflater->betweenMembers)
      inflater->inflate.restart();
    Inflate::Step step =
        inflater->inflate.some(input.data() + position, input.size() - position, buffer, count);
    position += step.used;
    inflater->betweenMembers = step.isEnd;
    if (!step.failure.empty())
      return dataError("`" + path() + "` is corrupt: " + step.failure);
    if (step.made > 0)
      return step.made;
  }
}
