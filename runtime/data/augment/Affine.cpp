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

// Along one axis of the source, the line that a row of the result walks: place i is start + i * step.
struct Walk {
  double start, step, inverse; // 1 / step
  double at(int64_t i) const { return start + step * double(i); }
};
struct Line {
  Walk x, y;
};

struct Interval {
  int64_t begin, end;
};

// Narrows an interval to where low <= place < high. The division's result is only near the ends; rounding is
// monotonous, so when the ends are inside, all between them are.
void narrow(const Walk &walk, double low, double high, Interval &places) {
  auto isInside = [&](int64_t i) {
    double at = walk.at(i);
    return at >= low && at < high;
  };
  if (walk.step != 0) {
    double first = (low - walk.start) * walk.inverse, last = (high - walk.start) * walk.inverse;
    if (first > last)
      std::swap(first, last);
    // Clamped first: what is far away has no whole number.
    double end = double(places.end);
    places.begin = std::max(places.begin, int64_t(std::clamp(first - 1, 0.0, end)));
    places.end = std::min(places.end, int64_t(std::clamp(last + 2, 0.0, end)));
  }
  while (places.begin < places.end && !isInside(places.begin))
    ++places.begin;
  while (places.begin < places.end && !isInside(places.end - 1))
    --places.end;
}

template <class In, class Out> class Resampler {
public:
  Resampler(const In *in, const PictureShape &shape, const Affine &map)
      : in(in), shape(shape), map(map), rowSize(shape.width * shape.channels), inverseX(1 / map.xx),
        inverseY(1 / map.yx), slack(double(std::max(shape.width, shape.height)) * 0x1p-31) {}

  template <int channels> void run(Out *out) const {
    for (int64_t y = 0; y < shape.height; ++y, out += rowSize)
      row<channels>(y, out);
  }

private:
  template <int fixed> void row(int64_t y, Out *out) const {
    const int64_t channels = fixed ? fixed : shape.channels;
    double down = double(y) + 0.5;
    Line line{{map.xx * 0.5 + map.xy * down + map.x0, map.xx, inverseX},
              {map.yx * 0.5 + map.yy * down + map.y0, map.yx, inverseY}};
    Interval seen = placesWithin(line, 0), inner = seen;
    if (seen.begin < seen.end)
      inner = placesWithin(line, 0.5 + slack);
    inner.begin = std::clamp(inner.begin, seen.begin, seen.end);
    inner.end = std::clamp(inner.end, inner.begin, seen.end);
    std::fill(out, out + seen.begin * channels, Out(0));
    atBorder(line, {seen.begin, inner.begin}, channels, out);
    inside<fixed>(line, inner, out);
    atBorder(line, {inner.end, seen.end}, channels, out);
    std::fill(out + seen.end * channels, out + rowSize, Out(0));
  }

  // The places of a row that lie at least this far within the picture; begin <= end.
  Interval placesWithin(const Line &line, double margin) const {
    Interval places{0, shape.width};
    narrow(line.x, margin, double(shape.width) - margin, places);
    narrow(line.y, margin, double(shape.height) - margin, places);
    places.end = std::max(places.begin, places.end);
    return places;
  }

  static Out between(Out a, Out b, Out weight) { return a + (b - a) * weight; }

  template <int fixed> void inside(const Line &line, const Interval &places, Out *out) const {
    const int64_t channels = fixed ? fixed : shape.channels;
    if constexpr (std::is_same_v<In, uint8_t>) {
      insideBytes<fixed>(line, places, out);
    } else {
      for (int64_t x = places.begin; x < places.end; ++x) {
        double right = line.x.at(x) - 0.5, down = line.y.at(x) - 0.5;
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
  template <int fixed> void insideBytes(const Line &line, const Interval &places, float *out) const {
    const int64_t channels = fixed ? fixed : shape.channels, rowBytes = rowSize;
    const uint8_t *const first = in;
    constexpr double one = 4294967296.0;
    constexpr int weightBits = 11;
    auto right = int64_t((line.x.at(places.begin) - 0.5) * one);
    auto down = int64_t((line.y.at(places.begin) - 0.5) * one);
    auto stepRight = int64_t(line.x.step * one), stepDown = int64_t(line.y.step * one);
    for (int64_t x = places.begin; x < places.end; ++x, right += stepRight, down += stepDown) {
      auto across = int32_t(uint32_t(right) >> (32 - weightBits));
      auto along = int32_t(uint32_t(down) >> (32 - weightBits));
      const uint8_t *upper = first + (down >> 32) * rowBytes + (right >> 32) * channels;
      const uint8_t *lower = upper + rowBytes;
      for (int64_t k = 0; k < channels; ++k) {
        int32_t above = (upper[k] << weightBits) + (upper[k + channels] - upper[k]) * across;
        int32_t below = (lower[k] << weightBits) + (lower[k + channels] - lower[k]) * across;
        out[x * channels + k] = float((above << weightBits) + (below - above) * along) * 0x1p-22f;
      }
    }
  }

  void atBorder(const Line &line, const Interval &places, int64_t channels, Out *out) const {
    for (int64_t i = places.begin; i < places.end; ++i) {
      double x = line.x.at(i) - 0.5, y = line.y.at(i) - 0.5, left = std::floor(x), top = std::floor(y);
      Out across = Out(x - left), along = Out(y - top);
      int64_t columns[2], rows[2];
      for (int next : {0, 1}) {
        columns[next] = std::clamp<int64_t>(int64_t(left) + next, 0, shape.width - 1) * channels;
        rows[next] = std::clamp<int64_t>(int64_t(top) + next, 0, shape.height - 1) * rowSize;
      }
      auto at = [&](int row, int column, int64_t k) { return Out(in[rows[row] + columns[column] + k]); };
      for (int64_t k = 0; k < channels; ++k)
        out[i * channels + k] = between(between(at(0, 0, k), at(0, 1, k), across),
                                        between(at(1, 0, k), at(1, 1, k), across), along);
    }
  }

  const In *in;
  const PictureShape &shape;
  const Affine &map;
  int64_t rowSize;
  double inverseX, inverseY;
  double slack; // more than what a row's steps, rounded to 32 bits, can add up to
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
