// Sizes in the header are believed only as far as bytes follow: memory grows with what was read.
#include "runtime/data/Idx.h"
#include "runtime/base/Checked.h"
#include "runtime/base/Text.h"
#include "runtime/data/ColumnWriter.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

using namespace nnrt;

namespace {

struct Header {
  uint8_t type = 0;
  size_t elementBytes = 0;
  std::vector<int64_t> sizes;
  uint64_t dataBytes = 0;
  uint64_t headerBytes = 0;
};

// What is read in one go, in whole records.
constexpr size_t pieceBytes = size_t(1) << 17;
constexpr int maxRank = 8;

size_t bytesOfType(uint8_t type) {
  switch (type) {
  case 0x08: // unsigned byte
  case 0x09: // signed byte
    return 1;
  case 0x0B: // short
    return 2;
  case 0x0C: // int
  case 0x0D: // float
    return 4;
  case 0x0E: // double
    return 8;
  default:
    return 0;
  }
}

std::string hex(const uint8_t *bytes) {
  char text[16];
  snprintf(text, sizeof text, "%02x%02x%02x%02x", bytes[0], bytes[1], bytes[2], bytes[3]);
  return text;
}

Status readExactly(ByteReader &reader, void *buffer, size_t count) {
  NNRT_ASSIGN(size_t got, reader.read(buffer, count));
  if (got != count)
    return dataError("`" + reader.path() + "` is truncated: it ends inside the IDX header");
  return Done{};
}

Result<Header> readHeader(ByteReader &reader) {
  Header header;
  uint8_t magic[4];
  NNRT_TRY(readExactly(reader, magic, sizeof magic));
  header.type = magic[2];
  header.elementBytes = bytesOfType(header.type);
  if (magic[0] || magic[1] || header.elementBytes == 0 || magic[3] == 0 || magic[3] > maxRank)
    return dataError("`" + reader.path() + "` is not an IDX file: its magic number is " + hex(magic));
  Checked bytes(header.elementBytes);
  for (int axis = 0; axis < magic[3]; ++axis) {
    uint8_t size[4];
    NNRT_TRY(readExactly(reader, size, sizeof size));
    uint32_t value = uint32_t(size[0]) << 24 | uint32_t(size[1]) << 16 | uint32_t(size[2]) << 8 | size[3];
    if (value == 0)
      return dataError("`" + reader.path() + "` holds no records: axis " + std::to_string(axis + 1) +
                       " has size 0");
    header.sizes.push_back(value);
    bytes = bytes * value;
  }
  header.headerBytes = 4 + 4 * uint64_t(magic[3]);
  auto total = bytes.atMost(mostRecordBytes());
  if (!total)
    return dataError("`" + reader.path() + "` claims sizes " + shapeText(header.sizes) +
                     ", more than this machine's memory holds");
  header.dataBytes = *total;
  return header;
}

Error sizeMismatch(const ByteReader &reader, const Header &header, const std::string &found) {
  return dataError("`" + reader.path() + "`: the header promises " + shapeText(header.sizes) + ", that is " +
                   std::to_string(header.dataBytes) + " bytes, the file holds " + found);
}

// `piece` bytes behind the `done` before. A record larger than memory is refused, and one that is not there
// is not waited for.
Status readPiece(ByteReader &reader, const Header &header, uint64_t done, uint64_t piece, Bytes &bytes) {
  for (uint64_t got = 0; got < piece;) {
    uint64_t part = std::min<uint64_t>(piece - got, size_t(16) << 20);
    if (bytes.size() < got + part)
      bytes.resize(got + part);
    NNRT_ASSIGN(size_t now, reader.read(bytes.data() + got, part));
    got += now;
    if (now != part)
      return sizeMismatch(reader, header, std::to_string(done + got));
  }
  return Done{};
}

// Big-endian words as numbers that hold them exactly.
template <class Word, class Value, class Number>
void decode(const uint8_t *bytes, std::vector<Number> &numbers) {
  for (size_t i = 0; i < numbers.size(); ++i) {
    Word word = 0;
    for (size_t k = 0; k < sizeof(Word); ++k)
      word = Word(uint64_t(word) << 8 | bytes[i * sizeof(Word) + k]);
    Value value;
    memcpy(&value, &word, sizeof value);
    numbers[i] = Number(value);
  }
}

template <class Word, class Value, class Number>
Result<Column> readValues(ByteReader &reader, const Header &header, uint64_t tableBytes) {
  if (!reader.isPacked() && reader.fileSize() != header.headerBytes + header.dataBytes)
    return sizeMismatch(reader, header, std::to_string(reader.fileSize() - header.headerBytes));
  uint64_t records = uint64_t(header.sizes[0]), recordBytes = header.dataBytes / records;
  std::vector<int64_t> shape(header.sizes.begin() + 1, header.sizes.end());
  ColumnWriter<Number> writer(reader.path(), std::move(shape), std::max(tableBytes, recordBytes));
  // A packed file may promise more than it holds.
  if (!reader.isPacked())
    NNRT_TRY(writer.expect(int64_t(records)));
  uint64_t atOnce = std::clamp<uint64_t>(pieceBytes / recordBytes, 1, records);
  Bytes bytes;
  std::vector<Number> numbers;
  for (uint64_t record = 0, done = 0; record < records; record += atOnce) {
    uint64_t piece = std::min(atOnce, records - record) * recordBytes;
    NNRT_TRY(readPiece(reader, header, done, piece, bytes));
    done += piece;
    numbers.resize(piece / sizeof(Word));
    decode<Word, Value>(bytes.data(), numbers);
    NNRT_TRY(writer.append(numbers.data(), int64_t(piece / recordBytes)));
  }
  uint8_t extra;
  NNRT_ASSIGN(size_t more, reader.read(&extra, 1));
  if (more)
    return sizeMismatch(reader, header, "more");
  return writer.finish();
}

} // namespace

Result<Column> nnrt::readIdx(const std::string &path, uint64_t tableBytes) {
  NNRT_ASSIGN(ByteReader reader, ByteReader::open(path));
  return readIdx(std::move(reader), tableBytes);
}

Result<Column> nnrt::readIdx(ByteReader reader, uint64_t tableBytes) {
  NNRT_ASSIGN(Header header, readHeader(reader));
  switch (header.type) {
  case 0x08:
    return readValues<uint8_t, uint8_t, uint8_t>(reader, header, tableBytes);
  case 0x09:
    return readValues<uint8_t, int8_t, float>(reader, header, tableBytes);
  case 0x0B:
    return readValues<uint16_t, int16_t, float>(reader, header, tableBytes);
  case 0x0C:
    return readValues<uint32_t, int32_t, double>(reader, header, tableBytes);
  case 0x0D:
    return readValues<uint32_t, float, float>(reader, header, tableBytes);
  default:
    return readValues<uint64_t, double, double>(reader, header, tableBytes);
  }
}
