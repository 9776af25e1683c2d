// The audio steps and augmentations of a field, as the program's text has them.
#ifndef NN_RUNTIME_DATA_AUDIO_STEPS_H
#define NN_RUNTIME_DATA_AUDIO_STEPS_H

#include "runtime/abi/Program.h"
#include "runtime/data/audio/Augment.h"
#include "runtime/data/audio/Features.h"

#include <string>

namespace nnrt {

// `mfcc(…)`, `mel(…)`, `stft(…)`; their windows are in seconds, and `rate` is that of the source.
bool isAudioStep(const nn_call &call);
Result<AudioStep> audioStepOf(const nn_call &call, const std::string &dataSet);

// `shift`, `speed`, `noise` and `gain` change the waveform, `time_mask` and `frequency_mask` what the steps made of it.
class SoundAugment {
public:
  // `field`: `spoken.sound`, which tells the random numbers of fields apart.
  static Result<SoundAugment> of(const nn_field &field, const std::string &dataSet);

  bool isIdentity() const { return changes.empty(); }
  // The purposes of random numbers are those of the steps; seed, time and row say for which record of which epoch.
  void changeWaveform(double *samples, int64_t count, const KeyedRandom &key) const;
  void changeFeatures(double *features, int64_t frames, int64_t width, const KeyedRandom &key) const;

private:
  enum class Kind { shift, speed, noise, gain, timeMask, frequencyMask };
  struct Change {
    Kind kind;
    double amount, chance;
    uint32_t purpose;
    bool isMask() const { return kind >= Kind::timeMask; }
  };
  static Result<Change> changeOf(const nn_call &call, const std::string &dataSet);

  std::vector<Change> changes;
};

} // namespace nnrt

#endif
