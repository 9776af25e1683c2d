// A triangle keeps the bins in which it is not 0; a narrow one may have none.
#include "runtime/data/audio/Mel.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;

namespace {
double melOf(double frequency) { return 2595 * std::log10(1 + frequency / 700); }
double frequencyOf(double mel) { return 700 * (std::pow(10, mel / 2595) - 1); }
} // namespace

MelBank::MelBank(int64_t bands, int64_t bins, double rate) : bins(size_t(bins)) {
  double step = melOf(rate / 2) / double(bands + 1), spacing = rate / 2 / double(bins - 1);
  for (int64_t band = 0; band < bands; ++band) {
    double left = frequencyOf(step * double(band)), middle = frequencyOf(step * double(band + 1));
    double right = frequencyOf(step * double(band + 2));
    Triangle triangle;
    for (int64_t bin = 0; bin < bins; ++bin) {
      double f = spacing * double(bin);
      double weight = std::min((f - left) / (middle - left), (right - f) / (right - middle));
      if (weight <= 0)
        continue;
      if (triangle.weights.empty())
        triangle.first = size_t(bin);
      triangle.weights.push_back(weight);
    }
    triangles.push_back(std::move(triangle));
  }
}

Doubles MelBank::apply(const Doubles &powers) const {
  size_t frames = powers.size() / bins;
  Doubles energies(frames * triangles.size());
  auto energy = energies.begin();
  for (size_t t = 0; t < frames; ++t)
    for (const Triangle &triangle : triangles) {
      const double *power = &powers[t * bins + triangle.first];
      double sum = 0;
      for (size_t i = 0; i < triangle.weights.size(); ++i)
        sum += triangle.weights[i] * power[i];
      *energy++ = sum;
    }
  return energies;
}
