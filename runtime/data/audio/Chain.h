// A waveform on its way into a training batch: augmentation, the steps that make a matrix of it, and between
// the preprocessing of single values and the batch, masks.
#ifndef NN_RUNTIME_DATA_AUDIO_CHAIN_H
#define NN_RUNTIME_DATA_AUDIO_CHAIN_H

#include "runtime/data/RecordSteps.h"
#include "runtime/data/audio/Steps.h"

#include <memory>

namespace nnrt {

// Whether the field's records are waveforms.
bool isSound(const nn_data &data, const nn_field &field);

class SoundChain {
public:
  // Null where the field is no sound, or nothing augments it.
  static Result<std::shared_ptr<const SoundChain>> of(const nn_data &data, const nn_field &field);

  // What becomes of a waveform before preprocessing, and of finished values behind it. `key` has the seed,
  // the round as its time and the record as its row. Any thread may.
  Doubles change(Doubles waveform, const KeyedRandom &key) const;
  void mask(Doubles &finished, const KeyedRandom &key) const;

private:
  SoundChain(SoundAugment augment, RecordSteps steps, int64_t width)
      : augment(std::move(augment)), steps(std::move(steps)), width(width) {}

  SoundAugment augment;
  RecordSteps steps;
  int64_t width; // of a frame
};

} // namespace nnrt

#endif
