// Memory grows with what was read. A column holds the narrowest of bytes, floats and doubles that keeps each
// value exact.
#include "runtime/data/Npy.h"
#include "runtime/base/Text.h"
#include "runtime/data/ColumnWriter.h"
#include "runtime/data/Gzip.h"
#include "runtime/data/NpyHeader.h"

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace nnrt;

namespace {

// What is read in one go, in whole records, and how a record that is larger comes.
constexpr size_t pieceBytes = size_t(1) << 17, growthBytes = size_t(16) << 20, maxHeader = size_t(1) << 20;
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
  NNRT_ASSIGN(size_t got, bytes(start, sizeof start));
  if (memcmp(start, "\x93NUMPY", std::min<size_t>(got, 6)) != 0)
    return dataError("`" + name + "` is not an NPY file: it does not begin with `\\x93NUMPY`");
  if (got < sizeof start)
    return cutShort(name, "the NPY header");
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

// Whole numbers of 8 bytes: those that a double does not hold are refused rather than rounded.
template <class Whole> struct DecodeWide {
  static Whole whole(const uint8_t *bytes, bool bigEndian) {
    return Decode<uint64_t, Whole, Whole>::one(bytes, bigEndian);
  }
  static double one(const uint8_t *bytes, bool bigEndian) { return double(whole(bytes, bigEndian)); }
  static bool isExact(const uint8_t *bytes, bool bigEndian) {
    Whole value = whole(bytes, bigEndian);
    return value <= Whole(exactInDouble) && (!std::is_signed_v<Whole> || value >= Whole(-exactInDouble));
  }
};

struct Array {
  const std::string &name;
  const NpyHeader &header;
  const ByteStream &bytes;
  uint64_t tableBytes;
  int64_t width; // elements of a record

  std::vector<int64_t> shape() const { return {header.sizes.begin() + 1, header.sizes.end()}; }
};

// `count` elements behind the `done` before. One that is not there is not waited for: memory grows with what
// was read.
Status readPiece(const Array &array, uint64_t done, uint64_t count, Bytes &piece) {
  uint64_t wanted = count * array.header.elementBytes;
  for (uint64_t got = 0; got < wanted;) {
    uint64_t part = std::min<uint64_t>(wanted - got, growthBytes);
    if (piece.size() < got + part)
      piece.resize(got + part);
    NNRT_ASSIGN(size_t now, array.bytes(piece.data() + got, part));
    got += now;
    if (now != part)
      return cutShort(array.name, "element " + std::to_string(done + got / array.header.elementBytes) +
                                      " of " + std::to_string(array.header.elements));
  }
  return Done{};
}

template <class Number, class Decoder>
Status decodePiece(const Array &array, uint64_t done, const Bytes &piece, std::vector<Number> &numbers) {
  const NpyHeader &header = array.header;
  for (size_t i = 0; i < numbers.size(); ++i) {
    const uint8_t *element = &piece[i * header.elementBytes];
    numbers[i] = Decoder::one(element, header.bigEndian);
    if constexpr (std::is_same_v<Decoder, DecodeWide<uint64_t>> ||
                  std::is_same_v<Decoder, DecodeWide<int64_t>>)
      if (!Decoder::isExact(element, header.bigEndian))
        return dataError("`" + array.name + "`: element " + std::to_string(done + i) + " is " +
                         std::to_string(Decoder::whole(element, header.bigEndian)) +
                         ", more than a double holds exactly");
  }
  return Done{};
}

template <class Number, class Decoder> Result<Column> readAs(const Array &array) {
  const NpyHeader &header = array.header;
  ColumnWriter<Number> writer(array.name, array.shape(),
                              std::max(array.tableBytes, uint64_t(array.width) * sizeof(Number)));
  uint64_t atOnce = std::max<uint64_t>(pieceBytes / (uint64_t(array.width) * header.elementBytes), 1);
  Bytes piece;
  std::vector<Number> numbers;
  for (uint64_t record = 0, records = uint64_t(header.sizes[0]); record < records; record += atOnce) {
    uint64_t count = std::min(atOnce, records - record), done = record * uint64_t(array.width);
    NNRT_TRY(readPiece(array, done, count * uint64_t(array.width), piece));
    numbers.resize(count * uint64_t(array.width));
    NNRT_TRY((decodePiece<Number, Decoder>(array, done, piece, numbers)));
    NNRT_TRY(writer.append(numbers.data(), int64_t(count)));
  }
  return writer.finish();
}

Result<Column> readElements(const Array &array) {
  bool isUnsigned = array.header.kind == 'u', isFloat = array.header.kind == 'f';
  switch (array.header.elementBytes) {
  case 1:
    return array.header.kind == 'i' ? readAs<float, Decode<uint8_t, int8_t, float>>(array)
                                    : readAs<uint8_t, Decode<uint8_t, uint8_t, uint8_t>>(array);
  case 2:
    return isFloat      ? readAs<float, DecodeHalf>(array)
           : isUnsigned ? readAs<float, Decode<uint16_t, uint16_t, float>>(array)
                        : readAs<float, Decode<uint16_t, int16_t, float>>(array);
  case 4:
    return isFloat      ? readAs<float, Decode<uint32_t, float, float>>(array)
           : isUnsigned ? readAs<double, Decode<uint32_t, uint32_t, double>>(array)
                        : readAs<double, Decode<uint32_t, int32_t, double>>(array);
  default:
    return isFloat      ? readAs<double, Decode<uint64_t, double, double>>(array)
           : isUnsigned ? readAs<double, DecodeWide<uint64_t>>(array)
                        : readAs<double, DecodeWide<int64_t>>(array);
  }
}

// From the first axis running fastest to the last one doing so.
template <class Number>
std::vector<Number> toRowMajor(const Stored<Number> &in, const std::vector<int64_t> &sizes) {
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

template <class Number> void turnRowMajor(Column &column, const std::vector<int64_t> &sizes) {
  if (auto *values = std::get_if<Stored<Number>>(&column.values))
    column.values = Stored<Number>(toRowMajor(*values, sizes));
}

// Elements of one record are all over the file, which is turned in memory.
Status turnRowMajor(Column &column, const NpyHeader &header) {
  HeldMemory turned;
  if (column.isSpilled() || !turned.take(uint64_t(column.records()) * column.recordBytes()))
    return dataError("`" + column.origin +
                     "` is in Fortran order, which is turned in memory, and there is not enough for it; "
                     "`numpy.ascontiguousarray` makes an array of C order, which is read in pieces");
  turnRowMajor<uint8_t>(column, header.sizes);
  turnRowMajor<float>(column, header.sizes);
  turnRowMajor<double>(column, header.sizes);
  return Done{};
}

// Labels are often stored as wide whole numbers, though they are small.
Result<Column> narrowed(Column column, uint64_t tableBytes) {
  if (column.isBytes() || column.isFloats())
    return column;
  bool areBytes = true;
  for (int64_t record = 0; areBytes && record < column.records();)
    record += column.visitRun(record, [&](const auto *elements, int64_t count) {
      areBytes = std::all_of(elements, elements + count * column.width,
                             [](double value) { return value >= 0 && value <= 255; });
    });
  if (!areBytes)
    return column;
  ColumnWriter<uint8_t> writer(column.origin, column.shape, std::max(tableBytes, uint64_t(column.width)));
  Status written = Done{};
  for (int64_t record = 0; record < column.records();) {
    record += column.visitRun(record, [&](const auto *elements, int64_t count) {
      written = writer.append(Bytes(elements, elements + count * column.width).data(), count);
    });
    NNRT_TRY(written);
  }
  return writer.finish();
}

} // namespace

Result<Column> nnrt::readNpy(const std::string &path, uint64_t tableBytes) {
  NNRT_ASSIGN(ByteReader reader, ByteReader::open(path));
  return readNpy(
      path, [&](void *buffer, size_t count) { return reader.read(buffer, count); }, tableBytes);
}

Result<Column> nnrt::readNpy(const std::string &name, const ByteStream &bytes, uint64_t tableBytes) {
  NNRT_ASSIGN(NpyHeader header, readHeader(name, bytes));
  int64_t width = int64_t(header.elements / uint64_t(header.sizes[0]));
  NNRT_ASSIGN(Column column, readElements({name, header, bytes, tableBytes, width}));
  uint8_t extra;
  NNRT_ASSIGN(size_t more, bytes(&extra, 1));
  if (more)
    return dataError("`" + name + "`: the header promises " + shapeText(header.sizes) +
                     ", the file holds more");
  if (header.fortranOrder && header.sizes.size() > 1)
    NNRT_TRY(turnRowMajor(column, header));
  return header.kind == 'f' ? Result<Column>(std::move(column)) : narrowed(std::move(column), tableBytes);
}
