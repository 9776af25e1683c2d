#include "runtime/data/image/Equalize.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

using namespace nnrt;

namespace {

constexpr int levels = 256;
using Histogram = std::array<int32_t, levels>;
using Map = std::array<uint8_t, levels>; // of a level to its new one

// Halves go to the even neighbour, as the processor rounds.
uint8_t saturated(float value) { return uint8_t(std::clamp<long>(std::lrint(value), 0, 255)); }

void equalizeChannel(const PixelView &image, int64_t channel) {
  int64_t count = image.height * image.width;
  Histogram histogram = {};
  for (int64_t i = 0; i < count; ++i)
    ++histogram[image.pixels[i * image.channels + channel]];
  size_t lowest = 0;
  while (histogram[lowest] == 0)
    ++lowest;
  if (histogram[lowest] == count)
    return;
  float scale = 255.f / float(count - histogram[lowest]);
  Map map = {};
  int32_t below = 0;
  for (size_t level = lowest + 1; level < levels; ++level) {
    below += histogram[level];
    map[level] = saturated(float(below) * scale);
  }
  for (int64_t i = 0; i < count; ++i) {
    uint8_t &pixel = image.pixels[i * image.channels + channel];
    pixel = map[pixel];
  }
}

// Sizes that tiles do not divide are filled up at the right and at the bottom by reflection.
struct Tiling {
  int64_t count, height, width;
};
Tiling tilingOf(const PixelView &image, int64_t tiles) {
  if (image.height % tiles == 0 && image.width % tiles == 0)
    return {tiles, image.height / tiles, image.width / tiles};
  // Where one axis needs filling, the other gets a whole step too: OpenCV's convention.
  return {tiles, image.height / tiles + 1, image.width / tiles + 1};
}

int64_t reflected(int64_t place, int64_t size) {
  if (size == 1)
    return 0;
  int64_t period = 2 * (size - 1), at = place % period;
  return at < size ? at : period - at;
}

// What is above the limit is dealt out to all levels alike, the rest of that in even steps.
void clip(Histogram &histogram, int32_t limit) {
  int32_t clipped = 0;
  for (int32_t &count : histogram) {
    clipped += std::max(count - limit, 0);
    count = std::min(count, limit);
  }
  for (int32_t &count : histogram)
    count += clipped / levels;
  int32_t rest = clipped % levels, step = rest ? std::max(levels / rest, 1) : 1;
  for (int32_t level = 0; level < levels && rest > 0; level += step, --rest)
    ++histogram[size_t(level)];
}

Map mapOfTile(const PixelView &image, int64_t channel, const Tiling &tiling, int64_t row, int64_t column,
              double limit) {
  int64_t area = tiling.height * tiling.width;
  Histogram histogram = {};
  for (int64_t y = row * tiling.height; y < (row + 1) * tiling.height; ++y)
    for (int64_t x = column * tiling.width; x < (column + 1) * tiling.width; ++x) {
      int64_t pixel = reflected(y, image.height) * image.width + reflected(x, image.width);
      ++histogram[image.pixels[pixel * image.channels + channel]];
    }
  if (limit > 0)
    clip(histogram, int32_t(std::clamp(limit * double(area) / levels, 1.0, double(INT32_MAX))));
  float scale = 255.f / float(area);
  Map map;
  int32_t sum = 0;
  for (size_t level = 0; level < levels; ++level) {
    sum += histogram[level];
    map[level] = saturated(float(sum) * scale);
  }
  return map;
}

// The two tiles whose centres a place lies between, and how far it is from the first.
struct Between {
  int64_t first, second;
  float weight;
};
Between betweenTiles(int64_t place, int64_t tileSize, int64_t tiles) {
  float position = float(place) * (1.f / float(tileSize)) - 0.5f;
  int64_t first = int64_t(std::floor(position));
  return {std::max<int64_t>(first, 0), std::min(first + 1, tiles - 1), position - float(first)};
}

void claheChannel(const PixelView &image, int64_t channel, const ClaheOptions &options) {
  Tiling tiling = tilingOf(image, options.tiles);
  std::vector<Map> maps;
  for (int64_t row = 0; row < tiling.count; ++row)
    for (int64_t column = 0; column < tiling.count; ++column)
      maps.push_back(mapOfTile(image, channel, tiling, row, column, options.limit));
  std::vector<Between> across;
  for (int64_t x = 0; x < image.width; ++x)
    across.push_back(betweenTiles(x, tiling.width, tiling.count));
  for (int64_t y = 0; y < image.height; ++y) {
    Between rows = betweenTiles(y, tiling.height, tiling.count);
    const Map *upper = &maps[size_t(rows.first * tiling.count)];
    const Map *lower = &maps[size_t(rows.second * tiling.count)];
    for (int64_t x = 0; x < image.width; ++x) {
      const Between &columns = across[size_t(x)];
      uint8_t &pixel = image.pixels[(y * image.width + x) * image.channels + channel];
      float right = columns.weight, left = 1 - right;
      float above = float(upper[columns.first][pixel]) * left + float(upper[columns.second][pixel]) * right;
      float under = float(lower[columns.first][pixel]) * left + float(lower[columns.second][pixel]) * right;
      pixel = saturated(above * (1 - rows.weight) + under * rows.weight);
    }
  }
}

} // namespace

void nnrt::equalize(const PixelView &image) {
  for (int64_t channel = 0; channel < image.channels; ++channel)
    equalizeChannel(image, channel);
}

void nnrt::clahe(const PixelView &image, const ClaheOptions &options) {
  for (int64_t channel = 0; channel < image.channels; ++channel)
    claheChannel(image, channel, options);
}
