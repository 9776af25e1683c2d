// Memory grows with what was read. A column holds the narrowest of bytes, floats and doubles that keeps each
// value exact.
#include "runtime/data/Npy.h"
#include "runtime/base/Text.h"
#include "runtime/data/Gzip.h"
#include "runtime/data/NpyHeader.h"

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace nnrt;

namespace {

constexpr size_t pieceElements = size_t(1) << 17, maxHeader = size_t(1) << 20;
constexpr int64_t exactInDouble = int64_t(1) << 53;

Error cutShort(const std::string &name, const std::string &where) {
  return dataError("`" + name + "` is truncated: it ends inside " + where);
}

Status readExactly(const std::string &name, const ByteStream &bytes, void *buffer, size_t count) {
  NNRT_ASSIGN(size_t got, bytes(buffer, count));
  return got == count ? Status(Done{}) : cutShort(name, "the NPY header");
}

// Magic, version, length of the dictionary, the dictionary.
Result<NpyHeader> readHeader(const std::string &name, const ByteStream &bytes) {
  uint8_t start[8], length[4] = {};
  NNRT_TRY(readExactly(name, bytes, start, sizeof start));
  if (memcmp(start, "\x93NUMPY", 6) != 0)
    return dataError("`" + name + "` is not an NPY file: it does not begin with `\\x93NUMPY`");
  if (start[6] < 1 || start[6] > 3)
    return dataError("`" + name + "` is an NPY file of version " + std::to_string(start[6]) +
                     ", expected 1, 2 or 3");
  NNRT_TRY(readExactly(name, bytes, length, start[6] == 1 ? 2 : 4));
  size_t size = length[0] | size_t(length[1]) << 8 | size_t(length[2]) << 16 | size_t(length[3]) << 24;
  if (size > maxHeader)
    return dataError("`" + name + "`: the NPY header claims " + std::to_string(size) + " bytes");
  std::string text(size, '\0');
  NNRT_TRY(readExactly(name, bytes, text.data(), size));
  return parseNpyHeader(name, text);
}

float halfToFloat(uint16_t half) {
  int exponent = half >> 10 & 31;
  float fraction = float(half & 1023);
  float size = exponent == 0    ? std::ldexp(fraction, -24)
               : exponent == 31 ? (fraction == 0 ? INFINITY : NAN)
                                : std::ldexp(1024 + fraction, exponent - 25);
  return half & 0x8000 ? -size : size;
}

// Elements of type Word in the file, that are to be read as Value, as numbers that hold them exactly.
template <class Word, class Value, class Number> struct Decode {
  static Number one(const uint8_t *bytes, bool bigEndian) {
    Word word = 0;
    for (size_t k = 0; k < sizeof(Word); ++k)
      word = Word(word | Word(Word(bytes[bigEndian ? sizeof(Word) - 1 - k : k]) << 8 * k));
    Value value;
    memcpy(&value, &word, sizeof value);
    return Number(value);
  }
};
struct DecodeHalf {
  static float one(const uint8_t *bytes, bool bigEndian) {
    return halfToFloat(Decode<uint16_t, uint16_t, uint16_t>::one(bytes, bigEndian));
  }
};

template <class Number, class Decoder>
Result<std::vector<Number>> readAs(const std::string &name, const NpyHeader &header,
                                   const ByteStream &bytes) {
  std::vector<Number> numbers;
  Bytes piece(size_t(std::min<uint64_t>(header.elements, pieceElements)) * header.elementBytes);
  while (numbers.size() < header.elements) {
    size_t count = size_t(std::min<uint64_t>(header.elements - numbers.size(), pieceElements));
    NNRT_ASSIGN(size_t got, bytes(piece.data(), count * header.elementBytes));
    if (got != count * header.elementBytes)
      return cutShort(name, "element " + std::to_string(numbers.size() + got / header.elementBytes) + " of " +
                                std::to_string(header.elements));
    for (size_t i = 0; i < count; ++i)
      numbers.push_back(Decoder::one(&piece[i * header.elementBytes], header.bigEndian));
  }
  return numbers;
}

// Whole numbers of 8 bytes: those that a double does not hold are refused rather than rounded.
template <class Whole>
Result<Doubles> readWide(const std::string &name, const NpyHeader &header, const ByteStream &bytes) {
  NNRT_ASSIGN(std::vector<Whole> wholes,
              (readAs<Whole, Decode<uint64_t, Whole, Whole>>(name, header, bytes)));
  for (size_t i = 0; i < wholes.size(); ++i)
    if (wholes[i] > Whole(exactInDouble) || (std::is_signed_v<Whole> && wholes[i] < Whole(-exactInDouble)))
      return dataError("`" + name + "`: element " + std::to_string(i) + " is " + std::to_string(wholes[i]) +
                       ", more than a double holds exactly");
  return Doubles(wholes.begin(), wholes.end());
}

template <class Number, class Decoder>
Status put(Column &column, const NpyHeader &header, const ByteStream &bytes) {
  auto values = readAs<Number, Decoder>(column.origin, header, bytes);
  if (!values)
    return values.error();
  column.values = std::move(*values);
  return Done{};
}
template <class Whole> Status putWide(Column &column, const NpyHeader &header, const ByteStream &bytes) {
  NNRT_ASSIGN(column.values, readWide<Whole>(column.origin, header, bytes));
  return Done{};
}

Status readElements(Column &column, const NpyHeader &header, const ByteStream &bytes) {
  bool isUnsigned = header.kind == 'u';
  switch (header.elementBytes) {
  case 1:
    return header.kind == 'i' ? put<float, Decode<uint8_t, int8_t, float>>(column, header, bytes)
                              : put<uint8_t, Decode<uint8_t, uint8_t, uint8_t>>(column, header, bytes);
  case 2:
    return header.kind == 'f' ? put<float, DecodeHalf>(column, header, bytes)
           : isUnsigned       ? put<float, Decode<uint16_t, uint16_t, float>>(column, header, bytes)
                              : put<float, Decode<uint16_t, int16_t, float>>(column, header, bytes);
  case 4:
    return header.kind == 'f' ? put<float, Decode<uint32_t, float, float>>(column, header, bytes)
           : isUnsigned       ? put<double, Decode<uint32_t, uint32_t, double>>(column, header, bytes)
                              : put<double, Decode<uint32_t, int32_t, double>>(column, header, bytes);
  default:
    return header.kind == 'f' ? put<double, Decode<uint64_t, double, double>>(column, header, bytes)
           : isUnsigned       ? putWide<uint64_t>(column, header, bytes)
                              : putWide<int64_t>(column, header, bytes);
  }
}

// From the first axis running fastest to the last one doing so.
template <class Number>
std::vector<Number> toRowMajor(const std::vector<Number> &in, const std::vector<int64_t> &sizes) {
  std::vector<int64_t> strides(sizes.size()), index(sizes.size());
  int64_t stride = 1;
  for (size_t axis = 0; axis < sizes.size(); ++axis) {
    strides[axis] = stride;
    stride *= sizes[axis];
  }
  std::vector<Number> out(in.size());
  int64_t from = 0;
  for (Number &value : out) {
    value = in[size_t(from)];
    for (size_t axis = sizes.size(); axis-- > 0;) {
      from += strides[axis];
      if (++index[axis] < sizes[axis])
        break;
      from -= strides[axis] * sizes[axis];
      index[axis] = 0;
    }
  }
  return out;
}

// Labels are often stored as wide whole numbers, though they are small.
void narrow(Column &column) {
  auto *wide = std::get_if<Doubles>(&column.values);
  auto isByte = [](double value) { return value >= 0 && value <= 255; };
  if (wide && std::all_of(wide->begin(), wide->end(), isByte))
    column.values = Bytes(wide->begin(), wide->end());
}

} // namespace

Result<Column> nnrt::readNpy(const std::string &path) {
  NNRT_ASSIGN(ByteReader reader, ByteReader::open(path));
  return readNpy(path, [&](void *buffer, size_t count) { return reader.read(buffer, count); });
}

Result<Column> nnrt::readNpy(const std::string &name, const ByteStream &bytes) {
  NNRT_ASSIGN(NpyHeader header, readHeader(name, bytes));
  Column column;
  column.origin = name;
  column.shape.assign(header.sizes.begin() + 1, header.sizes.end());
  for (int64_t size : column.shape)
    column.width *= size;
  NNRT_TRY(readElements(column, header, bytes));
  uint8_t extra;
  NNRT_ASSIGN(size_t more, bytes(&extra, 1));
  if (more)
    return dataError("`" + name + "`: the header promises " + shapeText(header.sizes) +
                     ", the file holds more");
  if (header.fortranOrder && header.sizes.size() > 1)
    std::visit([&](auto &values) { values = toRowMajor(values, header.sizes); }, column.values);
  if (header.kind != 'f')
    narrow(column);
  return column;
}
