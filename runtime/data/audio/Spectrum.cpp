// Eigen's kissfft computes in the type it is asked for: double.
#include "runtime/data/audio/Spectrum.h"

#include <cmath>
#include <complex>
#include <unsupported/Eigen/FFT>

using namespace nnrt;

int64_t Framing::length() const {
  int64_t length = 4; // the shortest that the transform of real numbers halves
  while (length < window)
    length *= 2;
  return length;
}

Doubles nnrt::hannWindow(int64_t size) {
  Doubles window(static_cast<size_t>(size));
  for (int64_t n = 0; n < size; ++n)
    window[size_t(n)] = 0.5 - 0.5 * std::cos(2 * M_PI * double(n) / double(size));
  return window;
}

Doubles nnrt::powerSpectra(const double *samples, int64_t count, const Framing &framing) {
  // Plans are kept in the object, so each thread has its own.
  static thread_local Eigen::FFT<double> transform(Eigen::FFT<double>::impl_type(),
                                                   Eigen::FFT<double>::HalfSpectrum);
  Doubles window = hannWindow(framing.window), frame(size_t(framing.length()));
  size_t frames = size_t(framing.frames(count)), bins = size_t(framing.bins());
  std::vector<std::complex<double>> spectrum(bins);
  Doubles powers(frames * bins);
  for (size_t t = 0; t < frames; ++t) {
    for (size_t n = 0; n < window.size(); ++n)
      frame[n] = window[n] * samples[t * size_t(framing.hop) + n];
    transform.fwd(spectrum.data(), frame.data(), framing.length());
    for (size_t k = 0; k < bins; ++k)
      powers[t * bins + k] = std::norm(spectrum[k]);
  }
  return powers;
}
