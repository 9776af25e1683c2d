// The number of draws does not depend on the values, so what follows in the stream does not either.
#include "runtime/data/audio/Augment.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

using namespace nnrt;

namespace {

struct Stretch {
  int64_t first, end;
};

Stretch drawStretch(int64_t count, double share, RandomStream &random) {
  auto longest = int64_t(std::floor(share * double(count)));
  auto length = int64_t(random.below(uint64_t(longest) + 1));
  auto first = int64_t(random.below(uint64_t(count - length) + 1));
  return {first, first + length};
}

double meanOf(const double *values, int64_t count) {
  return std::accumulate(values, values + count, 0.0) / double(count);
}

// Through the four samples around a place: the cubic whose slopes are those between the neighbours.
double cubicAt(const std::vector<double> &samples, double place) {
  auto left = int64_t(std::floor(place));
  auto at = [&](int64_t i) { return i < 0 || i >= int64_t(samples.size()) ? 0 : samples[size_t(i)]; };
  double t = place - double(left), a = at(left - 1), b = at(left), c = at(left + 1), d = at(left + 2);
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

} // namespace

void nnrt::shiftInTime(double *samples, int64_t count, double share, RandomStream &random) {
  int64_t shift = std::llround(random.uniform(-share, share) * double(count));
  shift = std::clamp(shift, -count, count);
  if (shift >= 0) {
    std::move_backward(samples, samples + count - shift, samples + count);
    std::fill(samples, samples + shift, 0.0);
  } else {
    std::move(samples - shift, samples + count, samples);
    std::fill(samples + count + shift, samples + count, 0.0);
  }
}

void nnrt::changeSpeed(double *samples, int64_t count, double share, RandomStream &random) {
  double factor = random.uniform(1 - share, 1 + share);
  const std::vector<double> original(samples, samples + count);
  for (int64_t n = 0; n < count; ++n)
    samples[n] = cubicAt(original, factor * double(n));
}

void nnrt::changeGain(double *samples, int64_t count, double share, RandomStream &random) {
  double factor = random.uniform(1 - share, 1 + share);
  for (int64_t i = 0; i < count; ++i)
    samples[i] *= factor;
}

void nnrt::maskFrames(double *features, int64_t frames, int64_t width, double share, RandomStream &random) {
  Stretch stretch = drawStretch(frames, share, random);
  double mean = meanOf(features, frames * width);
  std::fill(features + stretch.first * width, features + stretch.end * width, mean);
}

void nnrt::maskColumns(double *features, int64_t frames, int64_t width, double share, RandomStream &random) {
  Stretch stretch = drawStretch(width, share, random);
  double mean = meanOf(features, frames * width);
  for (int64_t frame = 0; frame < frames; ++frame)
    std::fill(features + frame * width + stretch.first, features + frame * width + stretch.end, mean);
}
