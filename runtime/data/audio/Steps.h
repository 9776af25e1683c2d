// The audio steps and augmentations of a field, as the program's text has them.
#ifndef NN_RUNTIME_DATA_AUDIO_STEPS_H
#define NN_RUNTIME_DATA_AUDIO_STEPS_H

#include "runtime/abi/Program.h"
#include "runtime/base/Result.h"
#include "runtime/data/audio/Augment.h"
#include "runtime/data/audio/Features.h"

#include <string>
#include <vector>

namespace nnrt {

// `mfcc(…)`, `mel(…)`, `stft(…)`, for which the compiler has written down all arguments: `window` and `hop`
// in samples, and the source's `rate`.
bool isAudioStep(const nn_call &call);
Result<AudioStep> audioStepOf(const nn_call &call, const std::string &dataSet);

// What `augment` does to a sound, or to another series (table/WindowAugment.h).
struct SoundChange {
  enum class Kind { shift, speed, noise, gain, timeMask, frequencyMask };
  Kind kind;
  double amount = 0, chance = 1;
  uint32_t purpose = 0;
  bool isMask() const { return kind >= Kind::timeMask; }
};

// All of a field, in the order of the text. `purpose` tells the random numbers of data sets, fields and steps
// apart.
Result<std::vector<SoundChange>> soundChangesOf(const nn_field &field, const std::string &dataSet);
// The first random number of a change says whether it happens; those of noise begin here.
constexpr uint32_t firstOfNoise = 8;

// `shift`, `speed`, `noise` and `gain` change the waveform, `time_mask` and `frequency_mask` what the steps
// made of it.
class SoundAugment {
public:
  static Result<SoundAugment> of(const nn_field &field, const std::string &dataSet);

  bool isIdentity() const { return changes.empty(); }
  // The purposes of random numbers are those of the steps; seed, time and row say for which record of which
  // epoch.
  void changeWaveform(double *samples, int64_t count, const KeyedRandom &key) const;
  void changeFeatures(double *features, int64_t frames, int64_t width, const KeyedRandom &key) const;

private:
  std::vector<SoundChange> changes;
};

} // namespace nnrt

#endif
