// Small pictures side by side as one.
#ifndef NN_RUNTIME_DATA_REPORT_SHEET_H
#define NN_RUNTIME_DATA_REPORT_SHEET_H

#include "runtime/data/image/Image.h"

namespace nnrt {

// Between the tiles of a sheet and around them, pixels of white.
constexpr int64_t sheetGap = 4;
// Tiles are enlarged by a whole number until their shorter side has 64 pixels, as long as the longer one
// keeps to 256.
constexpr int64_t leastTileSide = 64, mostTileSide = 256;
int64_t enlargementOf(int64_t height, int64_t width);

// Every pixel a square of this many by this many.
Image enlarged(const Image &image, int64_t times);

// In colour if one of the tiles is. Tiles of a row stand at the same height, rows need not be alike.
using SheetRows = std::vector<std::vector<Image>>;
Image sheetOf(const SheetRows &rows);

// The place of `value` from `low` to `high` as a byte.
uint8_t shadeOf(double value, double low, double high);

// A series as a line, dark on light, from the lowest row at `low` to the highest at `high`. Where many values
// fall on one column it goes from the smallest to the largest of them.
Image linePlot(const Doubles &values, double low, double high);

} // namespace nnrt

#endif
