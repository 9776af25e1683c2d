// A row of the result walks along a straight line in the source, so where it is away from the border, which
// needs care, is one interval, found before the row begins.
#include "runtime/data/augment/Affine.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

using namespace nnrt;

Affine Affine::then(const Affine &later) const {
  // A place of the last result goes back through the later step first.
  return {xx * later.xx + xy * later.yx, xx * later.xy + xy * later.yy, xx * later.x0 + xy * later.y0 + x0,
          yx * later.xx + yy * later.yx, yx * later.xy + yy * later.yy, yx * later.x0 + yy * later.y0 + y0};
}

Affine Affine::aboutMiddle(const PictureShape &shape) const {
  double right = double(shape.width) / 2, down = double(shape.height) / 2;
  return shift(-right, -down).then(*this).then(shift(right, down));
}

bool Affine::isIdentity() const { return xx == 1 && xy == 0 && x0 == 0 && yx == 0 && yy == 1 && y0 == 0; }

Affine Affine::flip(bool vertical) {
  Affine map;
  (vertical ? map.yy : map.xx) = -1;
  return map;
}

Affine Affine::rotation(double radians) {
  double cosine = std::cos(radians), sine = std::sin(radians);
  return {cosine, -sine, 0, sine, cosine, 0};
}

Affine Affine::zoom(double factor) { return {1 / factor, 0, 0, 0, 1 / factor, 0}; }
Affine Affine::shift(double right, double down) { return {1, 0, -right, 0, 1, -down}; }
Affine Affine::shear(double radians) { return {1, std::tan(radians), 0, 0, 1, 0}; }

namespace {

// The line that a row of the result walks: place i is start + i * step.
struct Line {
  double x, y, dx, dy;
  double xAt(int64_t i) const { return x + dx * double(i); }
  double yAt(int64_t i) const { return y + dy * double(i); }
};

// Narrows [begin, end) to where low <= start + i * step < high. Rounding is monotonous, so when the ends are
// inside, all between them are.
void narrow(double start, double step, double low, double high, int64_t &begin, int64_t &end) {
  auto isInside = [&](int64_t i) {
    double at = start + step * double(i);
    return at >= low && at < high;
  };
  if (step != 0) {
    double first = (low - start) / step, last = (high - start) / step;
    if (first > last)
      std::swap(first, last);
    begin = std::max(begin, int64_t(std::ceil(std::clamp(first, -1e9, 1e9))));
    end = std::min(end, int64_t(std::floor(std::clamp(last, -1e9, 1e9))) + 1);
  }
  while (begin < end && !isInside(begin))
    ++begin;
  while (begin < end && !isInside(end - 1))
    --end;
}

template <class In, class Out> class Resampler {
public:
  Resampler(const In *in, const PictureShape &shape, const Affine &map)
      : in(in), shape(shape), map(map), rowSize(shape.width * shape.channels) {}

  template <int channels> void run(Out *out) const {
    for (int64_t y = 0; y < shape.height; ++y, out += rowSize)
      row<channels>(y, out);
  }

private:
  template <int fixed> void row(int64_t y, Out *out) const {
    const int64_t channels = fixed ? fixed : shape.channels;
    double down = double(y) + 0.5;
    Line line{map.xx * 0.5 + map.xy * down + map.x0, map.yx * 0.5 + map.yy * down + map.y0, map.xx, map.yx};
    int64_t begin = 0, end = shape.width;
    narrow(line.x, line.dx, 0.5, double(shape.width) - 0.5, begin, end);
    narrow(line.y, line.dy, 0.5, double(shape.height) - 0.5, begin, end);
    begin = std::min(begin, shape.width);
    end = std::max(begin, end);
    for (int64_t x = 0; x < begin; ++x)
      atBorder(line, x, channels, out + x * channels);
    inside<fixed>(line, begin, end, out);
    for (int64_t x = end; x < shape.width; ++x)
      atBorder(line, x, channels, out + x * channels);
  }

  static Out between(Out a, Out b, Out weight) { return a + (b - a) * weight; }

  template <int fixed> void inside(const Line &line, int64_t begin, int64_t end, Out *out) const {
    const int64_t channels = fixed ? fixed : shape.channels;
    if constexpr (std::is_same_v<In, uint8_t>) {
      insideBytes(line, begin, end, channels, out);
    } else {
      for (int64_t x = begin; x < end; ++x) {
        double right = line.xAt(x) - 0.5, down = line.yAt(x) - 0.5;
        auto column = int32_t(right), row = int32_t(down);
        Out across = Out(right - column), along = Out(down - row);
        const In *upper = in + row * rowSize + column * channels, *lower = upper + rowSize;
        for (int64_t k = 0; k < channels; ++k)
          out[x * channels + k] = between(between(upper[k], upper[k + channels], across),
                                          between(lower[k], lower[k + channels], across), along);
      }
    }
  }

  // Whole numbers are faster here than conversions: places with 32 bits behind the point, weights of 11 bits,
  // so that a value has 22 and a byte's error is below a tenth.
  void insideBytes(const Line &line, int64_t begin, int64_t end, int64_t channels, float *out) const {
    constexpr double one = 4294967296.0;
    constexpr int weightBits = 11;
    auto right = int64_t((line.xAt(begin) - 0.5) * one), down = int64_t((line.yAt(begin) - 0.5) * one);
    auto stepRight = int64_t(std::llround(line.dx * one)), stepDown = int64_t(std::llround(line.dy * one));
    // What rounding may add up to must not leave the picture: places are kept inside it.
    int64_t mostRight = ((shape.width - 1) << 32) - 1, mostDown = ((shape.height - 1) << 32) - 1;
    for (int64_t x = begin; x < end; ++x, right += stepRight, down += stepDown) {
      int64_t atRight = std::clamp<int64_t>(right, 0, mostRight),
              atDown = std::clamp<int64_t>(down, 0, mostDown);
      auto across = int32_t(uint32_t(atRight) >> (32 - weightBits)),
           along = int32_t(uint32_t(atDown) >> (32 - weightBits));
      const uint8_t *upper = in + (atDown >> 32) * rowSize + (atRight >> 32) * channels,
                    *lower = upper + rowSize;
      for (int64_t k = 0; k < channels; ++k) {
        int32_t above = (upper[k] << weightBits) + (upper[k + channels] - upper[k]) * across;
        int32_t below = (lower[k] << weightBits) + (lower[k + channels] - lower[k]) * across;
        out[x * channels + k] = float((above << weightBits) + (below - above) * along) * 0x1p-22f;
      }
    }
  }

  void atBorder(const Line &line, int64_t i, int64_t channels, Out *out) const {
    double x = line.xAt(i), y = line.yAt(i);
    std::fill_n(out, channels, Out(0));
    if (!(x >= 0 && x < double(shape.width) && y >= 0 && y < double(shape.height)))
      return;
    double left = std::floor(x - 0.5), top = std::floor(y - 0.5);
    Out across = Out(x - 0.5 - left), along = Out(y - 0.5 - top);
    auto at = [&](double row, double column, int64_t k) {
      int64_t inRow = std::clamp<int64_t>(int64_t(row), 0, shape.height - 1);
      int64_t inColumn = std::clamp<int64_t>(int64_t(column), 0, shape.width - 1);
      return Out(in[inRow * rowSize + inColumn * channels + k]);
    };
    for (int64_t k = 0; k < channels; ++k)
      out[k] = between(between(at(top, left, k), at(top, left + 1, k), across),
                       between(at(top + 1, left, k), at(top + 1, left + 1, k), across), along);
  }

  const In *in;
  const PictureShape &shape;
  const Affine &map;
  int64_t rowSize;
};

} // namespace

template <class In, class Out>
void nnrt::resample(const In *in, const PictureShape &shape, const Affine &map, Out *out) {
  if (map.isIdentity()) {
    std::copy_n(in, shape.size(), out);
    return;
  }
  Resampler<In, Out> resampler(in, shape, map);
  if (shape.channels == 1)
    resampler.template run<1>(out);
  else if (shape.channels == 3)
    resampler.template run<3>(out);
  else
    resampler.template run<0>(out);
}

template void nnrt::resample(const uint8_t *, const PictureShape &, const Affine &, float *);
template void nnrt::resample(const float *, const PictureShape &, const Affine &, float *);
template void nnrt::resample(const double *, const PictureShape &, const Affine &, double *);
