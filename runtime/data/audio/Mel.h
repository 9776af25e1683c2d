// Bands of the mel scale in the form of the HTK book (Young et al., 2006, section 5.4): mel(f) = 2595 log10(1
// + f / 700).
#ifndef NN_RUNTIME_DATA_AUDIO_MEL_H
#define NN_RUNTIME_DATA_AUDIO_MEL_H

#include "runtime/data/Table.h"

namespace nnrt {

// Triangles of height 1 whose corners are equally far apart in mel, from 0 to half the sampling rate; the
// weight of a frequency is the triangle's height there.
class MelBank {
public:
  MelBank(int64_t bands, int64_t bins, double rate);
  int64_t bands() const { return int64_t(triangles.size()); }
  // [frames, bins] to [frames, bands].
  Doubles apply(const Doubles &powers) const;

private:
  struct Triangle {
    size_t first = 0; // bin
    Doubles weights;
  };
  size_t bins;
  std::vector<Triangle> triangles;
};

} // namespace nnrt

#endif
