// Short-time spectra: frames of a waveform under a window, transformed by kissfft.
#ifndef NN_RUNTIME_DATA_AUDIO_SPECTRUM_H
#define NN_RUNTIME_DATA_AUDIO_SPECTRUM_H

#include "runtime/data/Table.h"

namespace nnrt {

// Frame t is samples [t hop, t hop + window), for as long as a whole frame is there.
struct Framing {
  int64_t window = 0, hop = 0; // in samples

  int64_t frames(int64_t samples) const { return samples < window ? 0 : 1 + (samples - window) / hop; }
  // The transform's length: the least power of two that holds a window, filled up with zeros.
  int64_t length() const;
  // Frequencies from 0 to the half of the sampling rate.
  int64_t bins() const { return length() / 2 + 1; }
};

// The periodic Hann window, w[n] = 0.5 - 0.5 cos(2 pi n / size).
Doubles hannWindow(int64_t size);

// |X[t, k]|^2 with X[t, k] = sum over n of w[n] x[t hop + n] exp(-2 pi i k n / length): [frames, bins].
Doubles powerSpectra(const double *samples, int64_t count, const Framing &framing);

} // namespace nnrt

#endif
