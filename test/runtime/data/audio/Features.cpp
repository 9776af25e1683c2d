// The audio steps against numbers of NumPy and SciPy (reference.py), and what must hold for any sound.
#include "runtime/data/audio/Features.h"
#include "test/runtime/data/audio/Expected.h"

#include <cmath>

using namespace nnrt;
using namespace nntest;

namespace {

AudioStep stepOf(AudioStep::Kind kind, bool deltas = false) {
  const Json &expected = expectedAudio();
  AudioStep step;
  step.kind = kind;
  step.rate = expected["rate"];
  step.framing = {expected["window"], expected["hop"]};
  step.bands = expected["bands"];
  step.coefficients = expected["coefficients"];
  step.deltas = deltas;
  return step;
}

void expectStep(const AudioStep &step, const char *key) {
  AudioFeatures features(step);
  Doubles samples = expectedSamples();
  Doubles got = features.apply(samples.data(), int64_t(samples.size()));
  EXPECT_EQ(int64_t(got.size()), features.frames(int64_t(samples.size())) * features.width());
  expectNear(got, expectedAudio()[key].get<Doubles>(), 1e-9);
}

} // namespace

TEST(AudioFeatures, StftEqualsTheReference) { expectStep(stepOf(AudioStep::Kind::stft), "stft"); }
TEST(AudioFeatures, MelEqualsTheReference) { expectStep(stepOf(AudioStep::Kind::mel), "mel"); }
TEST(AudioFeatures, MfccEqualsTheReference) { expectStep(stepOf(AudioStep::Kind::mfcc), "mfcc"); }
TEST(AudioFeatures, DeltasEqualTheReference) {
  expectStep(stepOf(AudioStep::Kind::mfcc, true), "mfcc with deltas");
}

TEST(AudioFeatures, FramesAreThoseThatFitWhole) {
  Framing framing{200, 80};
  EXPECT_EQ(framing.frames(199), 0);
  EXPECT_EQ(framing.frames(200), 1);
  EXPECT_EQ(framing.frames(279), 1);
  EXPECT_EQ(framing.frames(280), 2);
  EXPECT_EQ(framing.length(), 256);
  EXPECT_EQ((Framing{256, 1}).length(), 256);
  EXPECT_EQ((Framing{257, 1}).bins(), 257);
}

// A tone in the middle of a bin has its power there: (sum of the window / 2)^2.
TEST(AudioFeatures, ToneStandsInItsBin) {
  Framing framing{256, 256};
  Doubles tone(256);
  for (size_t n = 0; n < tone.size(); ++n)
    tone[n] = std::cos(2 * M_PI * 32 * double(n) / 256);
  Doubles powers = powerSpectra(tone.data(), 256, framing);
  EXPECT_NEAR(powers[32], 64.0 * 64.0, 1e-9);
  EXPECT_NEAR(powers[30], 0, 1e-12);
}

TEST(AudioFeatures, SilenceIsFinite) {
  Doubles silence(400, 0);
  for (auto kind : {AudioStep::Kind::stft, AudioStep::Kind::mel, AudioStep::Kind::mfcc})
    for (double value : AudioFeatures(stepOf(kind)).apply(silence.data(), 400))
      EXPECT_TRUE(std::isfinite(value));
}

// Below half the sampling rate, the triangles of neighbours add up to 1 from the first peak to the last.
TEST(MelBank, TrianglesCoverAllFrequencies) {
  MelBank bank(20, 129, 8000);
  for (size_t bin = 8; bin < 110; ++bin) {
    Doubles powers(129, 0);
    powers[bin] = 1;
    double sum = 0;
    for (double energy : bank.apply(powers))
      sum += energy;
    EXPECT_NEAR(sum, 1, 1e-12) << bin;
  }
}

TEST(Deltas, SlopeOfALineIsItsRise) {
  Doubles line;
  for (int t = 0; t < 8; ++t)
    line.push_back(3 * t);
  Doubles slopes = deltasOf(line, 1);
  for (size_t t = 2; t < 6; ++t)
    EXPECT_NEAR(slopes[t], 3, 1e-12);
  EXPECT_NEAR(slopes[0], (3 + 2 * 6) / 10.0, 1e-12);
}
