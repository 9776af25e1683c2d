// The compiler has checked the ranges; what cannot be is refused again, as all of a descriptor.
#include "runtime/data/audio/Steps.h"
#include "runtime/data/Arguments.h"
#include "runtime/data/augment/Noise.h"

#include <cstring>

using namespace nnrt;

namespace {

constexpr int64_t mostBands = 1024, longestWindow = 1 << 20;

bool isNamed(const nn_call &call, const char *name) { return !strcmp(call.name, name); }

// One that must be there.
Result<int64_t> countOf(Arguments &arguments, const nn_call &call, const char *name, int64_t most) {
  NNRT_ASSIGN(int64_t count, arguments.integerOr(name, 0, 1, most));
  if (count == 0)
    return dataError(std::string("`") + call.name + "` has no `" + name + "`");
  return count;
}

Result<SoundChange> changeOf(const nn_call &call, const std::string &dataSet) {
  using Kind = SoundChange::Kind;
  constexpr std::pair<const char *, Kind> kinds[] = {
      {"shift", Kind::shift}, {"speed", Kind::speed},        {"noise", Kind::noise},
      {"gain", Kind::gain},   {"time_mask", Kind::timeMask}, {"frequency_mask", Kind::frequencyMask}};
  for (auto &[name, kind] : kinds)
    if (isNamed(call, name)) {
      Arguments arguments(call, dataSet);
      SoundChange change{kind};
      NNRT_ASSIGN(change.amount, arguments.numberOr("amount", 0, 0, 1));
      NNRT_ASSIGN(change.chance, arguments.numberOr("chance", 1, 0, 1));
      NNRT_TRY(arguments.finish());
      return change;
    }
  return dataError("data set `" + dataSet + "`: `" + call.name + "` changes neither sounds nor columns");
}

} // namespace

bool nnrt::isAudioStep(const nn_call &call) {
  return isNamed(call, "stft") || isNamed(call, "mel") || isNamed(call, "mfcc");
}

Result<AudioStep> nnrt::audioStepOf(const nn_call &call, const std::string &dataSet) {
  Arguments arguments(call, dataSet);
  AudioStep step;
  step.kind = isNamed(call, "stft")  ? AudioStep::Kind::stft
              : isNamed(call, "mel") ? AudioStep::Kind::mel
                                     : AudioStep::Kind::mfcc;
  NNRT_ASSIGN(step.rate, arguments.numberOr("rate", 8000, 1, 1e6));
  NNRT_ASSIGN(step.framing.window, countOf(arguments, call, "window", longestWindow));
  NNRT_ASSIGN(step.framing.hop, countOf(arguments, call, "hop", longestWindow));
  if (step.kind != AudioStep::Kind::stft) {
    NNRT_ASSIGN(step.bands, countOf(arguments, call, "bands", mostBands));
  }
  if (step.kind == AudioStep::Kind::mfcc) {
    NNRT_ASSIGN(step.coefficients, countOf(arguments, call, "coefficients", step.bands));
    NNRT_ASSIGN(step.deltas, arguments.flagOr("deltas", false));
  }
  NNRT_TRY(arguments.finish());
  return step;
}

Result<std::vector<SoundChange>> nnrt::soundChangesOf(const nn_field &field, const std::string &dataSet) {
  std::vector<SoundChange> changes;
  for (uint32_t i = 0; i < field.augment_count; ++i) {
    NNRT_ASSIGN(SoundChange change, changeOf(field.augments[i], dataSet));
    change.purpose = purposeOf("augment." + dataSet + "." + field.name + "." + std::to_string(i));
    changes.push_back(change);
  }
  return changes;
}

Result<SoundAugment> SoundAugment::of(const nn_field &field, const std::string &dataSet) {
  SoundAugment augment;
  NNRT_ASSIGN(augment.changes, soundChangesOf(field, dataSet));
  return augment;
}

void SoundAugment::changeWaveform(double *samples, int64_t count, const KeyedRandom &key) const {
  for (const SoundChange &change : changes) {
    RandomStream random({key.seed, change.purpose, key.time, key.row});
    if (change.isMask() || random.uniform() >= change.chance)
      continue;
    if (change.kind == SoundChange::Kind::shift)
      shiftInTime(samples, count, change.amount, random);
    else if (change.kind == SoundChange::Kind::speed)
      changeSpeed(samples, count, change.amount, random);
    else if (change.kind == SoundChange::Kind::noise)
      addNoise(samples, count, KeyedRandom{key.seed, change.purpose, key.time, key.row}, firstOfNoise,
               change.amount);
    else
      changeGain(samples, count, change.amount, random);
  }
}

void SoundAugment::changeFeatures(double *features, int64_t frames, int64_t width,
                                  const KeyedRandom &key) const {
  for (const SoundChange &change : changes) {
    RandomStream random({key.seed, change.purpose, key.time, key.row});
    if (!change.isMask() || random.uniform() >= change.chance)
      continue;
    if (change.kind == SoundChange::Kind::timeMask)
      maskFrames(features, frames, width, change.amount, random);
    else
      maskColumns(features, frames, width, change.amount, random);
  }
}
