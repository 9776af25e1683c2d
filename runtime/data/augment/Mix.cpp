#include "runtime/data/augment/Mix.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

using namespace nnrt;

namespace {

// The logarithm of a gamma variate of this shape: below a shape of 1 values underflow, their logarithms do
// not.
double logGamma(double shape, RandomStream &random) {
  double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  double boost = shape < 1 ? std::log(1 - random.uniform()) / shape : 0;
  while (true) {
    double x = random.normal(), v = 1 + c * x;
    if (v <= 0)
      continue;
    v = v * v * v;
    double u = 1 - random.uniform();
    if (std::log(u) < 0.5 * x * x + d - d * v + d * std::log(v))
      return std::log(d * v) + boost;
  }
}

template <class T> T rounded(double value) {
  if constexpr (std::is_same_v<T, uint8_t>)
    return T(value + 0.5);
  else
    return T(value);
}

} // namespace

double nnrt::symmetricBeta(double alpha, RandomStream &random) {
  double x = logGamma(alpha, random), y = logGamma(alpha, random);
  return 1 / (1 + std::exp(y - x));
}

Mix::Mix(const std::string &name, const PictureShape &shape, std::vector<MixStep> given)
    : shape(shape), steps(std::move(given)) {
  for (size_t i = 0; i < steps.size(); ++i)
    purposes.push_back(purposeOf("runtime.mix." + name + "." + std::to_string(i)));
}

// A box of the partner's share, its centre anywhere; what is cut off at the border stays the record's.
MixDraw Mix::drawBox(double share, RandomStream &random) const {
  double side = std::sqrt(1 - share);
  auto place = [&](int64_t size, int64_t &begin, int64_t &end) {
    int64_t length = std::llround(side * double(size)), middle = int64_t(random.below(uint64_t(size)));
    begin = std::clamp<int64_t>(middle - length / 2, 0, size);
    end = std::clamp<int64_t>(middle - length / 2 + length, 0, size);
  };
  MixDraw draw;
  draw.isBox = true;
  place(shape.height, draw.top, draw.bottom);
  place(shape.width, draw.left, draw.right);
  double area = double((draw.bottom - draw.top) * (draw.right - draw.left));
  draw.share = 1 - area / double(shape.height * shape.width);
  return draw;
}

MixDraw Mix::draw(const AugmentKey &key, int64_t row, int64_t rows) const {
  for (size_t i = 0; i < steps.size(); ++i) {
    RandomStream random(KeyedRandom{key.seed, purposes[i], key.epoch, key.record});
    if (random.uniform() >= steps[i].chance)
      continue;
    auto partner = int64_t(random.below(uint64_t(rows)));
    double share = symmetricBeta(steps[i].alpha, random);
    MixDraw draw;
    if (steps[i].kind == MixKind::cutmix)
      draw = drawBox(share, random);
    else
      draw.share = share;
    draw.partner = partner;
    return draw;
  }
  MixDraw none;
  none.partner = row;
  return none;
}

template <class T> void Mix::apply(const MixDraw &draw, T *record, const T *partner) const {
  if (!draw.isBox) {
    for (int64_t i = 0; i < shape.size(); ++i)
      record[i] = rounded<T>(draw.share * double(record[i]) + (1 - draw.share) * double(partner[i]));
    return;
  }
  for (int64_t y = draw.top; y < draw.bottom; ++y) {
    int64_t row = y * shape.width * shape.channels;
    std::copy(partner + row + draw.left * shape.channels, partner + row + draw.right * shape.channels,
              record + row + draw.left * shape.channels);
  }
}

template void Mix::apply(const MixDraw &, uint8_t *, const uint8_t *) const;
template void Mix::apply(const MixDraw &, float *, const float *) const;
template void Mix::apply(const MixDraw &, double *, const double *) const;
