// The compiler has checked the ranges; what cannot be is refused again, as all of a descriptor.
#include "runtime/data/audio/Steps.h"
#include "runtime/data/Arguments.h"

#include <cmath>
#include <cstring>

using namespace nnrt;

namespace {

constexpr int64_t mostBands = 1024;

bool isNamed(const nn_call &call, const char *name) { return !strcmp(call.name, name); }

// Seconds as samples, at least one.
Result<int64_t> samplesOf(Arguments &arguments, const char *name, double otherwise, double rate) {
  NNRT_ASSIGN(double seconds, arguments.numberOr(name, otherwise, 1e-6, 60));
  return std::max<int64_t>(1, std::llround(seconds * rate));
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
  bool isCepstral = step.kind == AudioStep::Kind::mfcc;
  NNRT_ASSIGN(step.rate, arguments.numberOr("rate", 0, 1, 1e6));
  NNRT_ASSIGN(step.framing.window, samplesOf(arguments, "window", 0.025, step.rate));
  NNRT_ASSIGN(step.framing.hop, samplesOf(arguments, "hop", 0.010, step.rate));
  if (step.kind != AudioStep::Kind::stft)
    NNRT_ASSIGN(step.bands, arguments.integerOr("bands", isCepstral ? 26 : 40, 1, mostBands));
  if (isCepstral) {
    NNRT_ASSIGN(step.coefficients, arguments.integerOr("coefficients", 13, 1, step.bands));
    NNRT_ASSIGN(step.deltas, arguments.flagOr("deltas", false));
  }
  NNRT_TRY(arguments.finish());
  return step;
}

Result<SoundAugment::Change> SoundAugment::changeOf(const nn_call &call, const std::string &dataSet) {
  constexpr std::pair<const char *, Kind> kinds[] = {
      {"shift", Kind::shift}, {"speed", Kind::speed},        {"noise", Kind::noise},
      {"gain", Kind::gain},   {"time_mask", Kind::timeMask}, {"frequency_mask", Kind::frequencyMask}};
  for (auto &[name, kind] : kinds)
    if (isNamed(call, name)) {
      Arguments arguments(call, dataSet);
      Change change{kind, 0, 1, 0};
      NNRT_ASSIGN(change.amount, arguments.numberOr("amount", 0, 0, 1));
      NNRT_ASSIGN(change.chance, arguments.numberOr("chance", 1, 0, 1));
      NNRT_TRY(arguments.finish());
      return change;
    }
  return dataError("data set `" + dataSet + "`: `" + call.name + "` does not change a sound");
}

Result<SoundAugment> SoundAugment::of(const nn_field &field, const std::string &dataSet) {
  SoundAugment augment;
  for (uint32_t i = 0; i < field.augment_count; ++i) {
    NNRT_ASSIGN(Change change, changeOf(field.augments[i], dataSet));
    change.purpose = purposeOf("augment." + dataSet + "." + field.name + "." + std::to_string(i));
    augment.changes.push_back(change);
  }
  return augment;
}

void SoundAugment::changeWaveform(double *samples, int64_t count, const KeyedRandom &key) const {
  for (const Change &change : changes) {
    RandomStream random({key.seed, change.purpose, key.time, key.row});
    if (change.isMask() || random.uniform() >= change.chance)
      continue;
    if (change.kind == Kind::shift)
      shiftInTime(samples, count, change.amount, random);
    else if (change.kind == Kind::speed)
      changeSpeed(samples, count, change.amount, random);
    else if (change.kind == Kind::noise)
      addNoise(samples, count, change.amount, random);
    else
      changeGain(samples, count, change.amount, random);
  }
}

void SoundAugment::changeFeatures(double *features, int64_t frames, int64_t width,
                                  const KeyedRandom &key) const {
  for (const Change &change : changes) {
    RandomStream random({key.seed, change.purpose, key.time, key.row});
    if (!change.isMask() || random.uniform() >= change.chance)
      continue;
    if (change.kind == Kind::timeMask)
      maskFrames(features, frames, width, change.amount, random);
    else
      maskColumns(features, frames, width, change.amount, random);
  }
}
