#include "runtime/data/audio/Chain.h"
#include "runtime/data/Source.h"

#include <cstring>

using namespace nnrt;

bool nnrt::isSound(const nn_data &data, const nn_field &field) {
  return data.train.name && !strcmp(data.train.name, "wav") && &field == data.fields;
}

Result<std::shared_ptr<const SoundChain>> SoundChain::of(const nn_data &data, const nn_field &field) {
  if (!isSound(data, field) || field.augment_count == 0)
    return std::shared_ptr<const SoundChain>();
  NNRT_ASSIGN(SoundAugment augment, SoundAugment::of(field, data.name));
  NNRT_ASSIGN(RecordSteps steps, RecordSteps::of(data, field));
  return std::shared_ptr<const SoundChain>(
      new SoundChain(std::move(augment), std::move(steps), recordShape(field).back()));
}

Doubles SoundChain::change(Doubles waveform, const KeyedRandom &key) const {
  augment.changeWaveform(waveform.data(), int64_t(waveform.size()), key);
  return steps.apply(std::move(waveform));
}

void SoundChain::mask(Doubles &finished, const KeyedRandom &key) const {
  augment.changeFeatures(finished.data(), int64_t(finished.size()) / width, width, key);
}
