#include "runtime/data/table/CellNumber.h"

#include <charconv>
#include <gtest/gtest.h>
#include <random>
#include <string>

using namespace nnrt;

namespace {

// With room behind it, as the cells of a file have.
bool parse(const std::string &cell, double &value) {
  std::string padded = cell + ",99999.99999999999";
  return parsePlainCell(std::string_view(padded).substr(0, cell.size()), value);
}

double exactly(const std::string &cell) {
  double value = 0;
  std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return value;
}

uint64_t bitsOf(double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

} // namespace

// A digit sequence of every length with the point at every place or none, with and without a sign.
TEST(PlainCell, IsRoundedAsFromCharsRounds) {
  std::mt19937_64 random(1);
  int64_t plain = 0, all = 0;
  for (size_t digits = 1; digits <= 17; ++digits)
    for (size_t point = 0; point <= digits + 1; ++point)
      for (int turn = 0; turn < 200; ++turn) {
        std::string cell;
        for (size_t i = 0; i < digits; ++i)
          cell += char('0' + random() % 10);
        if (point <= digits)
          cell.insert(point, 1, '.');
        if (random() % 2)
          cell.insert(0, 1, '-');
        double value = 0;
        ++all;
        if (!parse(cell, value))
          continue;
        ++plain;
        EXPECT_EQ(bitsOf(value), bitsOf(exactly(cell))) << cell;
      }
  EXPECT_GT(2 * plain, all); // the others are long
}

TEST(PlainCell, UsualNumbersArePlain) {
  double value = 0;
  for (const char *cell :
       {"0", "-0", "7", "-3.25", ".5", "5.", "123456.75", "20251125", "1234567.12345678"}) {
    EXPECT_TRUE(parse(cell, value)) << cell;
    EXPECT_EQ(bitsOf(value), bitsOf(exactly(cell))) << cell;
  }
}

TEST(PlainCell, WhatIsNoNumberIsNotPlain) {
  double value = 0;
  for (const char *cell :
       {"",    "-",         ".",         "-.",       "--1",   "1-",   "1.2.3", "12345678.1234567.",
        "1e5", "+1",        "0x10",      "nan",      "1,5",   " 1",   "1 ",    "1/",
        "1:",  "12345678a", "a12345678", "\xc3\xa9", "1\xff", "1\x80"})
    EXPECT_FALSE(parse(cell, value)) << cell;
}
