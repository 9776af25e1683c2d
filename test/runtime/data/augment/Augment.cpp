// Each augmentation does what it says, within its range, as often as its chance says, and the same again for
// the same key.
#include "runtime/data/augment/Augment.h"
#include "runtime/data/augment/Noise.h"
#include "test/runtime/Support.h"

#include <algorithm>
#include <cmath>
#include <set>

using namespace nnrt;

namespace {

const PictureShape shape{28, 28, 1};
using Bytes = std::vector<uint8_t>;

Bytes wave() {
  Bytes pixels(size_t(shape.size()));
  for (int64_t i = 0; i < shape.size(); ++i)
    pixels[size_t(i)] = uint8_t(128 + 100 * std::sin(double(i % 28) / 3) * std::cos(double(i / 28) / 5));
  return pixels;
}

Augment of(std::vector<AugmentStep> steps) { return Augment("set.image", shape, std::move(steps)); }

Bytes applied(const Augment &augment, const Bytes &record, const AugmentKey &key) {
  Bytes out(record.size());
  augment.apply(record.data(), out.data(), key);
  return out;
}

std::vector<float> appliedToFloats(const Augment &augment, const std::vector<float> &record,
                                   const AugmentKey &key) {
  std::vector<float> out(record.size());
  augment.apply(record.data(), out.data(), key);
  return out;
}

} // namespace

TEST(AugmentPicture, IsAFunctionOfSeedEpochAndRecord) {
  Augment augment = of({{AugmentKind::rotate, 0.2}, {AugmentKind::shift, 0.1}, {AugmentKind::noise, 0.02}});
  Bytes record = wave();
  Bytes first = applied(augment, record, {1, 2, 3});
  EXPECT_EQ(applied(augment, record, {1, 2, 3}), first);
  EXPECT_NE(first, record);
  EXPECT_NE(applied(augment, record, {2, 2, 3}), first);
  EXPECT_NE(applied(augment, record, {1, 3, 3}), first);
  EXPECT_NE(applied(augment, record, {1, 2, 4}), first);
  EXPECT_NE(applied(Augment("other.image", shape, {{AugmentKind::noise, 0.02}}), record, {1, 2, 3}),
            applied(of({{AugmentKind::noise, 0.02}}), record, {1, 2, 3}));
}

TEST(AugmentPicture, ChanceIsTheShareOfRecords) {
  Augment augment = of({{AugmentKind::flip, 0, 0.3}});
  int flipped = 0;
  for (uint64_t i = 0; i < 10000; ++i)
    flipped += !augment.geometry({7, 1, i}).isIdentity();
  EXPECT_NEAR(flipped, 3000, 150);
}

TEST(AugmentPicture, RangesAreReachedAndNotPassed) {
  auto rangeOf = [](AugmentKind kind, double amount, auto measure) {
    Augment augment = of({{kind, amount}});
    double low = 1e9, high = -1e9;
    for (uint64_t i = 0; i < 4000; ++i) {
      Affine map = augment.geometry({7, 1, i});
      low = std::min(low, measure(map));
      high = std::max(high, measure(map));
    }
    return std::pair(low, high);
  };
  auto check = [](std::pair<double, double> range, double low, double high) {
    double slack = (high - low) * 0.01;
    EXPECT_GE(range.first, low - 1e-9);
    EXPECT_LE(range.first, low + slack);
    EXPECT_LE(range.second, high + 1e-9);
    EXPECT_GE(range.second, high - slack);
  };
  check(rangeOf(AugmentKind::rotate, 0.2, [](const Affine &m) { return std::atan2(m.yx, m.xx); }), -0.2, 0.2);
  check(rangeOf(AugmentKind::zoom, 0.1, [](const Affine &m) { return 1 / m.xx; }), 0.9, 1.1);
  check(rangeOf(AugmentKind::shift, 0.1, [](const Affine &m) { return m.x0; }), -2.8, 2.8);
  check(rangeOf(AugmentKind::shift, 0.1, [](const Affine &m) { return m.y0; }), -2.8, 2.8);
  check(rangeOf(AugmentKind::shear, 0.1, [](const Affine &m) { return std::atan(m.xy); }), -0.1, 0.1);
  check(rangeOf(AugmentKind::crop, 4, [](const Affine &m) { return m.x0; }), -4, 4);
  std::set<double> places;
  for (uint64_t i = 0; i < 1000; ++i)
    places.insert(of({{AugmentKind::crop, 4}}).geometry({7, 1, i}).y0);
  EXPECT_EQ(places.size(), 9u);
}

TEST(AugmentPicture, GeometricStepsAreOneResamplingInTheirOrder) {
  Augment both = of({{AugmentKind::shift, 0.2}, {AugmentKind::rotate, 0.5}});
  AugmentKey key{3, 1, 5};
  Affine shift = of({{AugmentKind::shift, 0.2}}).geometry(key);
  Affine rotation = both.geometry(key);
  // Turned back about the middle, the shift is left.
  double angle = std::atan2(-rotation.xy, rotation.xx);
  Affine rest = rotation.then(Affine::rotation(-angle).aboutMiddle(shape));
  EXPECT_NEAR(rest.x0, shift.x0, 1e-12);
  EXPECT_NEAR(rest.y0, shift.y0, 1e-12);
  EXPECT_GT(std::abs(angle), 0.01);
}

TEST(AugmentPicture, BytesAreTheFloatsRounded) {
  Augment augment = of({{AugmentKind::rotate, 0.2}, {AugmentKind::zoom, 0.1}});
  Bytes record = wave();
  std::vector<float> floats(record.begin(), record.end());
  for (uint64_t i = 0; i < 20; ++i) {
    Bytes bytes = applied(augment, record, {1, 1, i});
    std::vector<float> expected = appliedToFloats(augment, floats, {1, 1, i});
    for (size_t k = 0; k < bytes.size(); ++k)
      ASSERT_NEAR(bytes[k], expected[k], 0.6);
  }
}

TEST(AugmentPicture, BrightnessAndContrast) {
  std::vector<float> record(size_t(shape.size()), 0.5f);
  record[0] = 1;
  record[1] = 0;
  double low = 1, high = -1;
  for (uint64_t i = 0; i < 2000; ++i) {
    std::vector<float> out = appliedToFloats(of({{AugmentKind::brightness, 0.2}}), record, {1, 1, i});
    EXPECT_NEAR(out[0] - record[0], out[2] - record[2], 1e-6);
    low = std::min(low, double(out[2]) - 0.5);
    high = std::max(high, double(out[2]) - 0.5);
    std::vector<float> contrast = appliedToFloats(of({{AugmentKind::contrast, 0.5}}), record, {1, 1, i});
    EXPECT_NEAR(contrast[2], 0.5, 1e-6);
    EXPECT_NEAR(contrast[0] + contrast[1], 1, 1e-6);
    EXPECT_GE(contrast[0], 0.75f - 1e-6f);
    EXPECT_LE(contrast[0], 1.25f + 1e-6f);
  }
  EXPECT_NEAR(low, -0.2, 1e-3);
  EXPECT_NEAR(high, 0.2, 1e-3);
  Bytes white(size_t(shape.size()), 250), black(size_t(shape.size()), 5);
  std::set<int> values;
  for (uint64_t i = 0; i < 200; ++i) {
    values.insert(applied(of({{AugmentKind::brightness, 0.2}}), white, {1, 1, i})[0]);
    values.insert(applied(of({{AugmentKind::brightness, 0.2}}), black, {1, 1, i})[0]);
  }
  EXPECT_EQ(*values.begin(), 0);
  EXPECT_EQ(*values.rbegin(), 255);
}

TEST(AugmentPicture, CutoutLeavesASquareOfZeros) {
  Augment augment = of({{AugmentKind::cutout, 0.25}});
  Bytes record(size_t(shape.size()), 9);
  int64_t most = 0;
  std::vector<int> hits(record.size());
  for (uint64_t i = 0; i < 3000; ++i) {
    Bytes out = applied(augment, record, {1, 1, i});
    int64_t zeros = std::count(out.begin(), out.end(), 0);
    EXPECT_GT(zeros, 0);
    most = std::max(most, zeros);
    for (size_t k = 0; k < out.size(); ++k)
      hits[k] += out[k] == 0;
  }
  EXPECT_EQ(most, 7 * 7);
  EXPECT_EQ(std::count(hits.begin(), hits.end(), 0), 0) << "every pixel is cut sometimes";
}

TEST(NormalNoise, HasTheMomentsAndTheDistributionOfANormalOne) {
  constexpr int64_t count = 200000;
  std::vector<double> values(count, 0);
  addNoise(values.data(), count, {5, 6, 7, 8}, 16, 1);
  double sums[5] = {};
  for (double value : values)
    for (int power = 1; power < 5; ++power)
      sums[power] += std::pow(value, power) / count;
  EXPECT_NEAR(sums[1], 0, 0.008);
  EXPECT_NEAR(sums[2], 1, 0.01);
  EXPECT_NEAR(sums[3], 0, 0.03);
  EXPECT_NEAR(sums[4], 3, 0.06);
  // Kolmogorov-Smirnov at the level of 0.1 %.
  std::sort(values.begin(), values.end());
  double farthest = 0;
  for (int64_t i = 0; i < count; ++i)
    farthest = std::max(
        farthest, std::abs(0.5 * std::erfc(-values[size_t(i)] / std::sqrt(2.0)) - (double(i) + 0.5) / count));
  EXPECT_LT(farthest, 1.95 / std::sqrt(double(count)));
}

// The blocks made side by side are those of Philox itself.
TEST(NormalNoise, ComesFromThePhiloxWordsOfItsKey) {
  KeyedRandom key{0x123456789abcdef, 77, 3, 9};
  std::vector<float> values(1000, 0);
  addNoise(values.data(), 1000, key, 16, 1);
  std::vector<std::pair<uint32_t, float>> pairs;
  for (size_t i = 0; i < values.size(); ++i) {
    uint32_t word = key.words(16 + uint32_t(i / 64 * 8 + i % 8))[i % 64 / 16];
    pairs.emplace_back(i / 8 % 2 ? word >> 4 & 0xfff : word >> 20, values[i]);
  }
  std::sort(pairs.begin(), pairs.end());
  for (size_t i = 1; i < pairs.size(); ++i)
    EXPECT_GE(pairs[i].second, pairs[i - 1].second) << "the quantile rises with the bits";
}

TEST(NormalNoise, ScalesWithTheRange) {
  Bytes grey(size_t(shape.size()), 128);
  Bytes out = applied(of({{AugmentKind::noise, 0.02}}), grey, {1, 1, 1});
  double squares = 0;
  for (uint8_t value : out)
    squares += (value - 128.0) * (value - 128.0) / double(out.size());
  EXPECT_NEAR(std::sqrt(squares), 5.1, 0.5);
}
