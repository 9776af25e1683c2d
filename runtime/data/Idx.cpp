// Sizes in the header are believed only as far as bytes follow: memory grows with what was read.
#include "runtime/data/Idx.h"
#include "runtime/base/Checked.h"
#include "runtime/base/Text.h"
#include "runtime/data/Gzip.h"

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

constexpr size_t growth = size_t(16) << 20;
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
  auto total = bytes.atMost(memoryLimit());
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

Result<Bytes> readValues(ByteReader &reader, const Header &header) {
  if (!reader.isPacked() && reader.fileSize() != header.headerBytes + header.dataBytes)
    return sizeMismatch(reader, header, std::to_string(reader.fileSize() - header.headerBytes));
  Bytes bytes;
  while (bytes.size() < header.dataBytes) {
    size_t old = bytes.size();
    size_t piece = std::min<uint64_t>(growth, header.dataBytes - old);
    bytes.resize(old + piece);
    NNRT_ASSIGN(size_t got, reader.read(bytes.data() + old, piece));
    if (got != piece)
      return sizeMismatch(reader, header, std::to_string(old + got));
  }
  uint8_t extra;
  NNRT_ASSIGN(size_t more, reader.read(&extra, 1));
  if (more)
    return sizeMismatch(reader, header, "more");
  return bytes;
}

// Big-endian elements as numbers that hold them exactly.
template <class Word, class Value, class Number> std::vector<Number> decode(const Bytes &bytes) {
  std::vector<Number> numbers(bytes.size() / sizeof(Word));
  for (size_t i = 0; i < numbers.size(); ++i) {
    Word word = 0;
    for (size_t k = 0; k < sizeof(Word); ++k)
      word = Word(uint64_t(word) << 8 | bytes[i * sizeof(Word) + k]);
    Value value;
    memcpy(&value, &word, sizeof value);
    numbers[i] = Number(value);
  }
  return numbers;
}

} // namespace

Result<Column> nnrt::readIdx(const std::string &path) {
  NNRT_ASSIGN(ByteReader reader, ByteReader::open(path));
  return readIdx(std::move(reader));
}

Result<Column> nnrt::readIdx(ByteReader reader) {
  NNRT_ASSIGN(Header header, readHeader(reader));
  NNRT_ASSIGN(Bytes bytes, readValues(reader, header));
  Column column;
  column.origin = reader.path();
  column.shape.assign(header.sizes.begin() + 1, header.sizes.end());
  for (int64_t size : column.shape)
    column.width *= size;
  switch (header.type) {
  case 0x08:
    column.values = std::move(bytes);
    break;
  case 0x09:
    column.values = decode<uint8_t, int8_t, float>(bytes);
    break;
  case 0x0B:
    column.values = decode<uint16_t, int16_t, float>(bytes);
    break;
  case 0x0C:
    column.values = decode<uint32_t, int32_t, double>(bytes);
    break;
  case 0x0D:
    column.values = decode<uint32_t, float, float>(bytes);
    break;
  default:
    column.values = decode<uint64_t, double, double>(bytes);
    break;
  }
  return column;
}
