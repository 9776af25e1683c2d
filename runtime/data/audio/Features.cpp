// Spectra, then the bank, then the cosine transform, which is a small matrix.
#include "runtime/data/audio/Features.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;

namespace {

constexpr double leastPower = 1e-10;

void takeLogarithms(Doubles &powers, double factor) {
  for (double &power : powers)
    power = factor * std::log(std::max(power, leastPower));
}

// The rows of the orthonormal DCT-II: sqrt(2 / n) cos(pi k (2 i + 1) / (2 n)), the first by sqrt(1 / n).
Doubles cosineRows(int64_t rows, int64_t n) {
  Doubles values;
  for (int64_t k = 0; k < rows; ++k)
    for (int64_t i = 0; i < n; ++i)
      values.push_back(std::sqrt((k ? 2.0 : 1.0) / double(n)) *
                       std::cos(M_PI * double(k) * double(2 * i + 1) / double(2 * n)));
  return values;
}

Doubles besideOneAnother(const Doubles &left, const Doubles &right, size_t width) {
  Doubles both;
  both.reserve(left.size() + right.size());
  for (size_t row = 0; row < left.size(); row += width) {
    both.insert(both.end(), left.begin() + int64_t(row), left.begin() + int64_t(row + width));
    both.insert(both.end(), right.begin() + int64_t(row), right.begin() + int64_t(row + width));
  }
  return both;
}

} // namespace

AudioFeatures::AudioFeatures(const AudioStep &step) : step(step) {
  if (step.kind != AudioStep::Kind::stft)
    bank.emplace(step.bands, step.framing.bins(), step.rate);
  if (step.kind == AudioStep::Kind::mfcc)
    cosines = cosineRows(step.coefficients, step.bands);
}

int64_t AudioFeatures::width() const {
  switch (step.kind) {
  case AudioStep::Kind::stft:
    return step.framing.bins();
  case AudioStep::Kind::mel:
    return step.bands;
  default:
    return step.coefficients * (step.deltas ? 2 : 1);
  }
}

Doubles AudioFeatures::apply(const double *samples, int64_t count) const {
  Doubles powers = powerSpectra(samples, count, step.framing);
  if (step.kind == AudioStep::Kind::stft) {
    takeLogarithms(powers, 0.5);
    return powers;
  }
  Doubles bands = bank->apply(powers);
  takeLogarithms(bands, 1);
  if (step.kind == AudioStep::Kind::mel)
    return bands;
  Doubles coefficients = cepstra(bands);
  if (!step.deltas)
    return coefficients;
  return besideOneAnother(coefficients, deltasOf(coefficients, step.coefficients), size_t(step.coefficients));
}

Doubles AudioFeatures::cepstra(const Doubles &logMel) const {
  size_t bands = size_t(step.bands), frames = logMel.size() / bands;
  Doubles result;
  result.reserve(frames * size_t(step.coefficients));
  for (size_t t = 0; t < frames; ++t)
    for (size_t k = 0; k < size_t(step.coefficients); ++k) {
      double sum = 0;
      for (size_t i = 0; i < bands; ++i)
        sum += cosines[k * bands + i] * logMel[t * bands + i];
      result.push_back(sum);
    }
  return result;
}

Doubles nnrt::deltasOf(const Doubles &features, int64_t width) {
  int64_t frames = int64_t(features.size()) / width;
  Doubles slopes;
  slopes.reserve(features.size());
  for (int64_t t = 0; t < frames; ++t)
    for (int64_t k = 0; k < width; ++k) {
      auto at = [&](int64_t frame) {
        return features[size_t(std::clamp<int64_t>(frame, 0, frames - 1) * width + k)];
      };
      slopes.push_back((at(t + 1) - at(t - 1) + 2 * (at(t + 2) - at(t - 2))) / 10);
    }
  return slopes;
}
