// The numbers that reference.py has written.
#ifndef NN_TEST_RUNTIME_DATA_AUDIO_EXPECTED_H
#define NN_TEST_RUNTIME_DATA_AUDIO_EXPECTED_H

#include "runtime/base/Json.h"
#include "runtime/data/Table.h"
#include "test/runtime/Support.h"

#include <cmath>

namespace nntest {

inline const nnrt::Json &expectedAudio() {
  static const nnrt::Json expected = nnrt::Json::parse(readBytes(NN_TEST_SOURCE "/data/audio/expected.json"));
  return expected;
}

inline nnrt::Doubles expectedSamples() {
  auto samples = expectedAudio()["pcm"].get<nnrt::Doubles>();
  for (double &sample : samples)
    sample /= 32768;
  return samples;
}

// Each value within `tolerance` times the largest of all.
inline void expectNear(const nnrt::Doubles &got, const nnrt::Doubles &expected, double tolerance) {
  ASSERT_EQ(got.size(), expected.size());
  double scale = 0;
  for (double value : expected)
    scale = std::max(scale, std::abs(value));
  for (size_t i = 0; i < got.size(); ++i)
    ASSERT_NEAR(got[i], expected[i], tolerance * scale) << "at " << i;
}

} // namespace nntest

#endif
