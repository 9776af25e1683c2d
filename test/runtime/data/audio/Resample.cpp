// Against SciPy's polyphase filter with the same kernel (reference.py), and against sines known in closed
// form.
#include "runtime/data/audio/Resample.h"
#include "test/runtime/data/audio/Expected.h"

using namespace nnrt;
using namespace nntest;

namespace {

Floats sine(double frequency, int64_t rate, int64_t count) {
  Floats samples;
  for (int64_t n = 0; n < count; ++n)
    samples.push_back(float(std::sin(2 * M_PI * frequency * double(n) / double(rate))));
  return samples;
}

} // namespace

TEST(Resample, EqualsTheReference) {
  Doubles samples = expectedSamples();
  Floats input(samples.begin(), samples.end());
  for (auto &[rate, values] : expectedAudio()["resampled"].items()) {
    Floats got = resample(input, 8000, std::stoll(rate), INT64_MAX);
    expectNear(Doubles(got.begin(), got.end()), values.get<Doubles>(), 2e-7); // rounded to float
  }
}

TEST(Resample, SineStaysTheSine) {
  for (auto [from, to] : {std::pair<int64_t, int64_t>{44100, 8000}, {8000, 44100}, {48000, 16000}}) {
    Floats got = resample(sine(440, from, from / 2), from, to, INT64_MAX), expected = sine(440, to, to / 2);
    ASSERT_EQ(got.size(), expected.size());
    for (size_t n = got.size() / 4; n < got.size() * 3 / 4; ++n)
      ASSERT_NEAR(got[n], expected[n], 2e-5) << from << " to " << to << " at " << n;
  }
}

TEST(Resample, WhatTheNewRateCannotHoldIsGone) {
  Floats got = resample(sine(6000, 44100, 22050), 44100, 8000, INT64_MAX);
  for (size_t n = got.size() / 4; n < got.size() * 3 / 4; ++n)
    ASSERT_NEAR(got[n], 0, 2e-5) << n;
}

TEST(Resample, GivesNoMoreThanAsked) {
  Floats all = resample(sine(440, 16000, 1001), 16000, 8000, INT64_MAX);
  EXPECT_EQ(all.size(), 501u);
  Floats some = resample(sine(440, 16000, 1001), 16000, 8000, 7);
  EXPECT_EQ(some, Floats(all.begin(), all.begin() + 7));
  EXPECT_EQ(resample({1, 2, 3}, 8000, 8000, 2), (Floats{1, 2}));
}

// What is left out of a long recording changes nothing.
TEST(Resample, TheFirstSamplesAreMadeOfTheFirst) {
  for (auto [from, to] : {std::pair(44100, 8000), std::pair(8000, 44100), std::pair(8000, 8000)}) {
    Floats all;
    for (int i = 0; i < 4000; ++i)
      all.push_back(float((i * 7919) % 101) / 101);
    int64_t count = samplesFor(100, from, to);
    ASSERT_GE(count, 100 * from / to);
    ASSERT_LT(count, 4000);
    Floats first(all.begin(), all.begin() + count);
    EXPECT_EQ(resample(first, from, to, 100), resample(all, from, to, 100)) << from;
  }
}
