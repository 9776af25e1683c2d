#include "runtime/data/image/Resize.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;

namespace {

// Weights have 22 bits behind the point: 8 are the pixel's, 2 keep sums from overflowing.
constexpr int fraction = 22;

// Of one output pixel: the pixels of the source that it is made of.
struct Window {
  int64_t first = 0;
  std::vector<int32_t> weights;
};

double triangle(double x) { return std::max(0.0, 1 - std::abs(x)); }

Window windowOf(int64_t place, int64_t from, int64_t to) {
  double scale = double(from) / double(to), support = std::max(scale, 1.0);
  double centre = (double(place) + 0.5) * scale;
  Window window;
  window.first = std::max<int64_t>(int64_t(centre - support + 0.5), 0);
  int64_t end = std::min(int64_t(centre + support + 0.5), from);
  std::vector<double> weights;
  double sum = 0;
  for (int64_t i = window.first; i < end; ++i) {
    weights.push_back(triangle((double(i) - centre + 0.5) * (1 / support)));
    sum += weights.back();
  }
  for (double weight : weights)
    window.weights.push_back(int32_t(0.5 + (sum != 0 ? weight / sum : weight) * (1 << fraction)));
  return window;
}

std::vector<Window> windowsOf(int64_t from, int64_t to) {
  std::vector<Window> windows;
  for (int64_t place = 0; place < to; ++place)
    windows.push_back(windowOf(place, from, to));
  return windows;
}

uint8_t rounded(int32_t sum) { return uint8_t(std::clamp(sum >> fraction, 0, 255)); }
constexpr int32_t half = 1 << (fraction - 1);

template <int channels> void alongRow(const uint8_t *in, const std::vector<Window> &windows, uint8_t *out) {
  for (const Window &window : windows) {
    int32_t sums[channels];
    std::fill_n(sums, channels, half);
    const uint8_t *pixel = in + window.first * channels;
    for (int32_t weight : window.weights)
      for (int channel = 0; channel < channels; ++channel)
        sums[channel] += weight * *pixel++;
    for (int32_t sum : sums)
      *out++ = rounded(sum);
  }
}

Image alongRows(const Image &image, int64_t width) {
  std::vector<Window> windows = windowsOf(image.width, width);
  Image result{image.height, width, image.channels, Bytes(size_t(image.height * width * image.channels))};
  for (int64_t y = 0; y < image.height; ++y) {
    const uint8_t *in = &image.pixels[size_t(y * image.width * image.channels)];
    uint8_t *out = &result.pixels[size_t(y * width * image.channels)];
    image.channels == 1 ? alongRow<1>(in, windows, out) : alongRow<3>(in, windows, out);
  }
  return result;
}

Image alongColumns(const Image &image, int64_t height) {
  std::vector<Window> windows = windowsOf(image.height, height);
  size_t rowBytes = size_t(image.width * image.channels);
  Image result{height, image.width, image.channels, Bytes(size_t(height) * rowBytes)};
  std::vector<int32_t> sums(rowBytes);
  for (size_t y = 0; y < windows.size(); ++y) {
    std::fill(sums.begin(), sums.end(), half);
    const uint8_t *in = &image.pixels[size_t(windows[y].first) * rowBytes];
    for (int32_t weight : windows[y].weights)
      for (int32_t &sum : sums)
        sum += weight * *in++;
    std::transform(sums.begin(), sums.end(), &result.pixels[y * rowBytes], rounded);
  }
  return result;
}

} // namespace

Image nnrt::resized(Image image, int64_t height, int64_t width) {
  if (image.width != width)
    image = alongRows(image, width);
  if (image.height != height)
    image = alongColumns(image, height);
  return image;
}
