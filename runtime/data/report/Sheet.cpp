#include "runtime/data/report/Sheet.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;

namespace {

constexpr uint8_t white = 255, paper = 240, ink = 40;
constexpr int64_t plotHeight = 64, plotWidth = 128;

void paste(const Image &tile, Image &sheet, int64_t top, int64_t left) {
  for (int64_t y = 0; y < tile.height; ++y)
    for (int64_t x = 0; x < tile.width; ++x)
      for (int64_t k = 0; k < sheet.channels; ++k)
        sheet.pixels[size_t(((top + y) * sheet.width + left + x) * sheet.channels + k)] =
            tile.pixels[size_t((y * tile.width + x) * tile.channels + std::min(k, tile.channels - 1))];
}

int64_t heightOf(const std::vector<Image> &row) {
  int64_t height = 0;
  for (const Image &tile : row)
    height = std::max(height, tile.height);
  return height;
}

// Between the values of a series, straight lines.
double valueAt(const Doubles &values, double place) {
  auto left = size_t(std::clamp(place, 0.0, double(values.size() - 1)));
  size_t right = std::min(left + 1, values.size() - 1);
  return values[left] + (values[right] - values[left]) * (place - double(left));
}

// Smallest and largest of the line between two places.
std::pair<double, double> rangeBetween(const Doubles &values, double begin, double end) {
  double first = valueAt(values, begin), last = valueAt(values, end);
  auto [low, high] = std::minmax(first, last);
  std::pair<double, double> range{low, high};
  for (auto i = size_t(std::ceil(begin)); i <= size_t(end); ++i) {
    range.first = std::min(range.first, values[i]);
    range.second = std::max(range.second, values[i]);
  }
  return range;
}

} // namespace

int64_t nnrt::enlargementOf(int64_t height, int64_t width) {
  auto [shorter, longer] = std::minmax(height, width);
  int64_t wanted = (leastTileSide + shorter - 1) / shorter;
  return std::clamp<int64_t>(mostTileSide / longer, 1, wanted);
}

Image nnrt::enlarged(const Image &image, int64_t times) {
  Image large{image.height * times, image.width * times, image.channels, {}};
  large.pixels.reserve(size_t(large.height * large.width * large.channels));
  for (int64_t y = 0; y < large.height; ++y)
    for (int64_t x = 0; x < large.width; ++x) {
      auto pixel = image.pixels.begin() + (y / times * image.width + x / times) * image.channels;
      large.pixels.insert(large.pixels.end(), pixel, pixel + image.channels);
    }
  return large;
}

Image nnrt::sheetOf(const SheetRows &rows) {
  Image sheet{sheetGap, 0, 1, {}};
  for (const std::vector<Image> &row : rows) {
    int64_t width = sheetGap;
    for (const Image &tile : row) {
      width += tile.width + sheetGap;
      sheet.channels = std::max(sheet.channels, tile.channels);
    }
    sheet.width = std::max(sheet.width, width);
    sheet.height += heightOf(row) + sheetGap;
  }
  sheet.pixels.assign(size_t(sheet.height * sheet.width * sheet.channels), white);
  int64_t top = sheetGap;
  for (const std::vector<Image> &row : rows) {
    int64_t left = sheetGap;
    for (const Image &tile : row) {
      paste(tile, sheet, top, left);
      left += tile.width + sheetGap;
    }
    top += heightOf(row) + sheetGap;
  }
  return sheet;
}

uint8_t nnrt::shadeOf(double value, double low, double high) {
  double share = high > low ? (value - low) / (high - low) : 0.5;
  return std::isfinite(share) ? uint8_t(std::lround(255 * std::clamp(share, 0.0, 1.0))) : 0;
}

Image nnrt::linePlot(const Doubles &values, double low, double high) {
  Image plot{plotHeight, plotWidth, 1, Bytes(size_t(plotHeight * plotWidth), paper)};
  if (values.empty())
    return plot;
  double perColumn = double(values.size() - 1) / double(plotWidth - 1);
  auto rowOf = [&](double value) { return (255 - shadeOf(value, low, high)) * (plotHeight - 1) / 255; };
  for (int64_t x = 0; x < plotWidth; ++x) {
    double begin = std::max(0.0, (double(x) - 0.5) * perColumn);
    double end = std::min(double(values.size() - 1), (double(x) + 0.5) * perColumn);
    auto [smallest, largest] = rangeBetween(values, begin, end);
    for (int64_t y = rowOf(largest); y <= rowOf(smallest); ++y)
      plot.pixels[size_t(y * plotWidth + x)] = ink;
  }
  return plot;
}
