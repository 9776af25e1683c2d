// Tiles on a sheet, and series as lines, pixel by pixel.
#include "runtime/data/report/Sheet.h"

#include <cmath>
#include <gtest/gtest.h>

using namespace nnrt;

namespace {

Image constant(int64_t height, int64_t width, int64_t channels, uint8_t value) {
  return {height, width, channels, nnrt::Bytes(size_t(height * width * channels), value)};
}

// The row of the line in a column, which must be one pixel high there.
int64_t lineAt(const Image &plot, int64_t x) {
  int64_t found = -1, dark = 0;
  for (int64_t y = 0; y < plot.height; ++y)
    if (plot.pixels[size_t(y * plot.width + x)] < 100) {
      found = y;
      ++dark;
    }
  EXPECT_EQ(dark, 1) << x;
  return found;
}

} // namespace

TEST(Sheet, TilesAreEnlargedByWholeNumbers) {
  EXPECT_EQ(enlargementOf(28, 28), 3);
  EXPECT_EQ(enlargementOf(64, 64), 1);
  EXPECT_EQ(enlargementOf(500, 300), 1);
  EXPECT_EQ(enlargementOf(20, 98), 2); // 4 would make it wider than 256
  EXPECT_EQ(enlargementOf(1, 1), 64);
  Image large = enlarged({1, 2, 3, {1, 2, 3, 4, 5, 6}}, 2);
  EXPECT_EQ(large.height, 2);
  EXPECT_EQ(large.width, 4);
  nnrt::Bytes row = {1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6}, both = row;
  both.insert(both.end(), row.begin(), row.end());
  EXPECT_EQ(large.pixels, both);
}

// Rows of other sizes, one in colour: grey tiles become colour, the rest is white.
TEST(Sheet, TilesStandInRows) {
  Image sheet = sheetOf({{constant(2, 3, 1, 7), constant(1, 2, 1, 9)}, {constant(1, 1, 3, 5)}});
  EXPECT_EQ(sheet.channels, 3);
  EXPECT_EQ(sheet.width, 4 + 3 + 4 + 2 + 4);
  EXPECT_EQ(sheet.height, 4 + 2 + 4 + 1 + 4);
  ASSERT_EQ(sheet.pixels.size(), size_t(sheet.width * sheet.height * 3));
  auto at = [&](int64_t y, int64_t x) { return int(sheet.pixels[size_t((y * sheet.width + x) * 3 + 2)]); };
  EXPECT_EQ(at(3, 4), 255);
  EXPECT_EQ(at(4, 4), 7);
  EXPECT_EQ(at(5, 6), 7);
  EXPECT_EQ(at(6, 4), 255);
  EXPECT_EQ(at(4, 12), 9);
  EXPECT_EQ(at(5, 12), 255);
  EXPECT_EQ(at(10, 4), 5);
  EXPECT_EQ(at(10, 5), 255);
}

TEST(Sheet, ShadesAreClamped) {
  EXPECT_EQ(shadeOf(-1, 0, 1), 0);
  EXPECT_EQ(shadeOf(0.5, 0, 1), 128);
  EXPECT_EQ(shadeOf(2, 0, 1), 255);
  EXPECT_EQ(shadeOf(3, 3, 3), 128);
  EXPECT_EQ(shadeOf(NAN, 0, 1), 0);
}

TEST(Sheet, ALineGoesThroughTheValues) {
  Image plot = linePlot({0, 0, 0}, 0, 1);
  EXPECT_EQ(lineAt(plot, 0), plot.height - 1);
  EXPECT_EQ(lineAt(plot, plot.width - 1), plot.height - 1);
  plot = linePlot({1, 1}, 0, 1);
  EXPECT_EQ(lineAt(plot, plot.width / 2), 0);
  EXPECT_EQ(lineAt(linePlot({5}, 0, 10), 3), 31);
  // Up from the lower left corner, half as steep as the plot is long.
  plot = linePlot({0, 1}, 0, 1);
  EXPECT_EQ(plot.pixels[size_t((plot.height - 1) * plot.width)], 40);
  EXPECT_EQ(plot.pixels[size_t(plot.width - 1)], 40);
  EXPECT_NE(plot.pixels[0], 40);
}

// A thousand values on 128 columns: none is lost, so both ends of a peak are seen.
TEST(Sheet, PeaksOfLongSeriesAreKept) {
  Doubles values(1000, 0.0);
  values[501] = 1;
  Image plot = linePlot(values, 0, 1);
  int64_t atTop = 0;
  for (int64_t x = 0; x < plot.width; ++x)
    atTop += plot.pixels[size_t(x)] == 40;
  EXPECT_GE(atTop, 1);
  EXPECT_LE(atTop, 2);
}
