// Output samples whose index is the same modulo to/gcd stand at the same distances from input samples, so
// they share their kernel values (a phase): one phase at a time, which needs no table.
#include "runtime/data/audio/Resample.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace nnrt;

namespace {

constexpr double crossings = 32, beta = 12, rolloff = 0.95;

// The modified Bessel function of order 0 by its power series, whose terms are positive.
double besselI0(double x) {
  double sum = 1, term = 1;
  for (int k = 1; term > sum * 1e-17; ++k) {
    term *= (x / (2 * k)) * (x / (2 * k));
    sum += term;
  }
  return sum;
}

// Kernel values for the inputs first, first + 1, … of an output at `position`.
struct Phase {
  int64_t first;
  Doubles values;

  Phase(double position, double cutoff) {
    double reach = crossings / cutoff;
    first = int64_t(std::ceil(position - reach));
    auto last = int64_t(std::floor(position + reach));
    for (int64_t input = first; input <= last; ++input)
      values.push_back(resamplingKernel(position - double(input), cutoff));
  }

  // The sum for an output `shift` inputs further.
  double apply(const Floats &samples, int64_t shift) const {
    int64_t begin = first + shift, count = int64_t(samples.size());
    int64_t from = std::max<int64_t>(0, -begin), to = std::min(int64_t(values.size()), count - begin);
    double sum = 0;
    for (int64_t i = from; i < to; ++i)
      sum += values[size_t(i)] * double(samples[size_t(begin + i)]);
    return sum;
  }
};

} // namespace

double nnrt::resamplingCutoff(int64_t from, int64_t to) {
  return rolloff * std::min(1.0, double(to) / double(from));
}

double nnrt::resamplingKernel(double time, double cutoff) {
  static const double scale = 1 / besselI0(beta);
  double x = cutoff * time, side = x / crossings;
  if (std::abs(side) >= 1)
    return 0;
  double sinc = x == 0 ? 1 : std::sin(M_PI * x) / (M_PI * x);
  return cutoff * sinc * besselI0(beta * std::sqrt(1 - side * side)) * scale;
}

int64_t nnrt::samplesFor(int64_t most, int64_t from, int64_t to) {
  double last = double(most) * double(from) / double(to), reach = crossings / resamplingCutoff(from, to);
  return int64_t(std::ceil(last + reach)) + 1;
}

Floats nnrt::resample(const Floats &samples, int64_t from, int64_t to, int64_t most) {
  int64_t common = std::gcd(from, to), up = to / common, down = from / common;
  // Neither product passes 2^63: rates are at most 10^6, samples fit the memory.
  int64_t whole = (int64_t(samples.size()) * up + down - 1) / down;
  Floats result(size_t(std::min(whole, most)));
  if (from == to) {
    std::copy_n(samples.begin(), result.size(), result.begin());
    return result;
  }
  double cutoff = resamplingCutoff(from, to);
  int64_t count = int64_t(result.size());
  for (int64_t start = 0; start < std::min(up, count); ++start) {
    int64_t inputs = start * down;
    Phase phase(double(inputs % up) / double(up), cutoff);
    for (int64_t n = start, shift = inputs / up; n < count; n += up, shift += down)
      result[size_t(n)] = float(phase.apply(samples, shift));
  }
  return result;
}
