// Keyed, within their ranges, and nothing but what they say.
#include "runtime/data/audio/Augment.h"
#include "runtime/data/Table.h"
#include "test/runtime/Support.h"

#include <algorithm>
#include <cmath>
#include <set>

using namespace nnrt;

namespace {

RandomStream streamOf(uint64_t record) { return RandomStream({7, purposeOf("test"), 3, record}); }

Doubles ramp(size_t count) {
  Doubles values(count);
  for (size_t i = 0; i < count; ++i)
    values[i] = double(i + 1);
  return values;
}

} // namespace

TEST(AudioAugment, ShiftMovesWithinItsRange) {
  std::set<int64_t> seen;
  for (uint64_t record = 0; record < 400; ++record) {
    Doubles values = ramp(20);
    RandomStream random = streamOf(record);
    shiftInTime(values.data(), 20, 0.1, random);
    auto first = std::find_if(values.begin(), values.end(), [](double value) { return value != 0; });
    int64_t shift = first - values.begin() - (int64_t(*first) - 1);
    seen.insert(shift);
    for (int64_t i = 0; i < 20; ++i)
      ASSERT_EQ(values[size_t(i)], i - shift < 0 || i - shift >= 20 ? 0 : double(i - shift + 1));
  }
  EXPECT_EQ(seen, (std::set<int64_t>{-2, -1, 0, 1, 2}));
}

TEST(AudioAugment, ShiftByEverythingLeavesNothingOutside) {
  for (uint64_t record = 0; record < 100; ++record) {
    Doubles values = ramp(5);
    RandomStream random = streamOf(record);
    shiftInTime(values.data(), 5, 1, random);
    EXPECT_TRUE(std::all_of(values.begin(), values.end(), [](double v) { return v >= 0 && v <= 5; }));
  }
}

// A sine becomes a sine of another frequency, in the range asked for.
TEST(AudioAugment, SpeedScalesTheFrequency) {
  double low = 9, high = 0;
  for (uint64_t record = 0; record < 100; ++record) {
    Doubles values(2000);
    for (size_t n = 0; n < values.size(); ++n)
      values[n] = std::sin(0.05 * double(n));
    RandomStream random = streamOf(record), again = streamOf(record);
    double factor = again.uniform(0.8, 1.2);
    changeSpeed(values.data(), 2000, 0.2, random);
    for (size_t n = 1; n < values.size(); ++n)
      if (double place = factor * double(n); place >= 1 && place >= 1 && place < 1997) {
        ASSERT_NEAR(values[n], std::sin(0.05 * place), 1e-5);
      } else if (place >= 2001) {
        ASSERT_EQ(values[n], 0);
      }
    low = std::min(low, factor), high = std::max(high, factor);
  }
  EXPECT_NEAR(low, 0.8, 0.02);
  EXPECT_NEAR(high, 1.2, 0.02);
}

TEST(AudioAugment, GainIsOneFactorInItsRange) {
  double low = 9, high = 0;
  for (uint64_t record = 0; record < 300; ++record) {
    Doubles values = ramp(4);
    RandomStream random = streamOf(record);
    changeGain(values.data(), 4, 0.2, random);
    EXPECT_DOUBLE_EQ(values[3], 4 * values[0]);
    low = std::min(low, values[0]), high = std::max(high, values[0]);
  }
  EXPECT_NEAR(low, 0.8, 0.01);
  EXPECT_NEAR(high, 1.2, 0.01);
}

TEST(AudioAugment, MasksCoverAStretchWithTheMean) {
  std::set<int64_t> frames, columns;
  for (uint64_t record = 0; record < 300; ++record) {
    Doubles byFrame = ramp(10 * 4), byColumn = byFrame, original = byFrame;
    RandomStream random = streamOf(record), again = streamOf(record);
    maskFrames(byFrame.data(), 10, 4, 0.3, random);
    maskColumns(byColumn.data(), 10, 4, 0.5, again);
    int64_t changedFrames = 0, changedColumns = 0;
    for (size_t i = 0; i < 40; ++i) {
      for (const Doubles *masked : {&byFrame, &byColumn})
        ASSERT_TRUE((*masked)[i] == original[i] || (*masked)[i] == 20.5);
      changedFrames += byFrame[i] == 20.5;
      changedColumns += byColumn[i] == 20.5;
    }
    ASSERT_EQ(changedFrames % 4, 0);
    ASSERT_EQ(changedColumns % 10, 0);
    frames.insert(changedFrames / 4);
    columns.insert(changedColumns / 10);
  }
  EXPECT_EQ(frames, (std::set<int64_t>{0, 1, 2, 3}));
  EXPECT_EQ(columns, (std::set<int64_t>{0, 1, 2}));
}

TEST(AudioAugment, SameKeySameChange) {
  Doubles first = ramp(50), second = ramp(50), other = ramp(50);
  RandomStream a = streamOf(1), b = streamOf(1), c = streamOf(2);
  changeGain(first.data(), 50, 0.1, a);
  changeGain(second.data(), 50, 0.1, b);
  changeGain(other.data(), 50, 0.1, c);
  EXPECT_EQ(first, second);
  EXPECT_NE(first, other);
}
