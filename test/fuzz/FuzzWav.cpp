// WAV files: whatever is read goes on through resampling and the audio steps.
#include "runtime/data/audio/Features.h"
#include "runtime/data/audio/Resample.h"
#include "runtime/data/audio/Wav.h"

#include <cstdint>

using namespace nnrt;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  auto sound = decodeWav({reinterpret_cast<const char *>(bytes), count}, "input");
  if (!sound)
    return 0;
  Floats samples = resample(sound->samples, sound->rate, 8000, 8000);
  AudioStep step;
  step.kind = AudioStep::Kind::mfcc;
  step.rate = 8000;
  step.framing = {200, 80};
  step.bands = 26;
  step.coefficients = 13;
  step.deltas = true;
  Doubles waveform(samples.begin(), samples.end());
  AudioFeatures(step).apply(waveform.data(), int64_t(waveform.size()));
  return 0;
}
