// Numbers as tables write them. Nearly all are plain: a sign perhaps, up to 16 digits and a point. Those are
// read eight characters at a time, with few branches for the processor to guess wrongly.
#ifndef NN_RUNTIME_DATA_TABLE_CELLNUMBER_H
#define NN_RUNTIME_DATA_TABLE_CELLNUMBER_H

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace nnrt {

// The whole cell, finite or not.
std::optional<double> parseCell(std::string_view cell);
bool parseCell(std::string_view cell, double &value);
// The same of one that has a comma for a point, `12,5`.
bool parseCommaCell(std::string_view cell, double &value);

// Up to eight characters, of which one may be a point.
struct PlainDigits {
  uint64_t value = 0;
  unsigned decimals = 0; // digits behind the point
  bool hasPoint = false, isPlain = true;

  // 1 to 8 characters; eight bytes are read.
  static PlainDigits of(const char *text, size_t length) {
    constexpr uint64_t lows = 0x0101010101010101, highs = 0x8080808080808080, zeros = lows * '0';
    PlainDigits digits;
    uint64_t word;
    memcpy(&word, text, sizeof word);
    // The last character becomes the highest byte; zeros go before the first.
    word = word << (64 - 8 * length) | zeros >> 8 * (length - 1) >> 8;
    uint64_t offPoint = word ^ lows * '.', points = (offPoint - lows) & ~offPoint & highs;
    if (points) {
      unsigned place = unsigned(__builtin_ctzll(points)) / 8;
      uint64_t before = (uint64_t(1) << 8 * place) - 1, behind = ~before ^ uint64_t(0xff) << 8 * place;
      word = (word & behind) | (word & before) << 8 | '0';
      digits.hasPoint = true;
      digits.decimals = 7 - place;
    }
    word ^= zeros;
    digits.isPlain = !(((word + lows * 0x76) | word) & highs);
    // Neighbours become numbers of two digits, then of four, then of eight (Daniel Lemire, "Number parsing at
    // a gigabyte per second", 2021).
    word = word * 10 + (word >> 8);
    constexpr uint64_t pairs = 0x000000ff000000ff, outer = 100 + (uint64_t(1000000) << 32),
                       inner = 1 + (uint64_t(10000) << 32);
    digits.value = uint32_t(((word & pairs) * outer + (word >> 16 & pairs) * inner) >> 32);
    return digits;
  }
};

// Digits below 2^53 and a power of ten up to 22 are exact doubles, so that one division rounds properly
// (William D. Clinger, "How to read floating point numbers accurately", 1990). False: it may be a number, but
// is not a plain one. 16 bytes from the cell's begin are read.
inline bool parsePlainCell(std::string_view cell, double &value) {
  static constexpr double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                      1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  const char *text = cell.data();
  size_t length = cell.size();
  bool isNegative = *text == '-';
  text += isNegative;
  length -= isNegative && length > 0;
  if (length - 1 >= 16)
    return false;
  size_t first = length > 8 ? length - 8 : 0;
  PlainDigits last = PlainDigits::of(text + first, length - first);
  bool isPlain = last.isPlain && (length > 1 || !last.hasPoint);
  if (first) {
    PlainDigits more = PlainDigits::of(text, first);
    isPlain &= more.isPlain && !(more.hasPoint && last.hasPoint);
    last.value += more.value * (last.hasPoint ? 10000000 : 100000000);
    last.decimals += more.hasPoint ? more.decimals + 8 : 0;
    isPlain &= last.value <= uint64_t(1) << 53;
  }
  value = double(int64_t(last.value)) / powers[last.decimals];
  uint64_t bits; // signs come at random, so without a branch
  memcpy(&bits, &value, sizeof bits);
  bits ^= uint64_t(isNegative) << 63;
  memcpy(&value, &bits, sizeof bits);
  return isPlain;
}

} // namespace nnrt

#endif
