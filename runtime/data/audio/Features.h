// The audio steps of a field: `stft`, `mel` and `mfcc` make a waveform, [samples], a matrix [frames, width].
// Waveforms are in [-1, 1), windows are Hann's, and all is computed in double.
//   stft: ln |X|, [frames, bins]
//   mel:  ln of the energy in each band of |X|^2, [frames, bands]
//   mfcc: the first `coefficients` of the orthonormal DCT-II of the log mel bands; with `deltas`, their
//   slopes over
//         five frames beside them (HTK book, section 5.6): [frames, coefficients] or twice as wide
// Powers are taken as at least 1e-10 where a logarithm follows.
#ifndef NN_RUNTIME_DATA_AUDIO_FEATURES_H
#define NN_RUNTIME_DATA_AUDIO_FEATURES_H

#include "runtime/data/audio/Mel.h"
#include "runtime/data/audio/Spectrum.h"

#include <optional>

namespace nnrt {

struct AudioStep {
  enum class Kind { stft, mel, mfcc };
  Kind kind = Kind::mel;
  double rate = 0; // of the waveform
  Framing framing;
  int64_t bands = 0;        // mel, mfcc
  int64_t coefficients = 0; // mfcc, at most `bands`
  bool deltas = false;      // mfcc
};

class AudioFeatures {
public:
  explicit AudioFeatures(const AudioStep &step);
  int64_t frames(int64_t samples) const { return step.framing.frames(samples); }
  int64_t width() const;
  // [samples] to [frames, width].
  Doubles apply(const double *samples, int64_t count) const;

private:
  Doubles cepstra(const Doubles &logMel) const;

  AudioStep step;
  std::optional<MelBank> bank;
  Doubles cosines; // [coefficients, bands]
};

// Slopes along the frames of [frames, width]: sum over n of n (x[t+n] - x[t-n]) / 10 for n = 1, 2; the first
// and the last frame stand for those beyond.
Doubles deltasOf(const Doubles &features, int64_t width);

} // namespace nnrt

#endif
