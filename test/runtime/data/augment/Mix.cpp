// Mixtures have the shares that are drawn, and these the distribution that the papers ask for.
#include "runtime/data/augment/Mix.h"
#include "test/runtime/Support.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;

namespace {

const PictureShape shape{10, 8, 3};

Mix of(std::vector<MixStep> steps) { return Mix("set.image", shape, std::move(steps)); }

// Moments of Beta(alpha, alpha): mean 1/2, variance 1 / (4 (2 alpha + 1)).
void expectBeta(double alpha) {
  constexpr int count = 20000;
  double sum = 0, squares = 0;
  for (uint64_t i = 0; i < count; ++i) {
    RandomStream random(KeyedRandom{1, 2, 3, i});
    double value = symmetricBeta(alpha, random);
    EXPECT_GE(value, 0);
    EXPECT_LE(value, 1);
    sum += value / count;
    squares += (value - 0.5) * (value - 0.5) / count;
  }
  EXPECT_NEAR(sum, 0.5, 0.012) << alpha;
  EXPECT_NEAR(squares, 1 / (4 * (2 * alpha + 1)), 0.004) << alpha;
}

} // namespace

TEST(SymmetricBeta, HasItsMoments) {
  for (double alpha : {0.01, 0.2, 0.9, 1.0, 2.5, 40.0})
    expectBeta(alpha);
}

// Beta(1, 1) is uniform.
TEST(SymmetricBeta, OfOneIsUniform) {
  std::vector<double> values;
  for (uint64_t i = 0; i < 10000; ++i) {
    RandomStream random(KeyedRandom{1, 2, 3, i});
    values.push_back(symmetricBeta(1, random));
  }
  std::sort(values.begin(), values.end());
  for (size_t i = 0; i < values.size(); ++i)
    EXPECT_NEAR(values[i], double(i) / 10000, 0.02);
}

TEST(MixRecords, MixupIsTheWeightedMean) {
  Mix mix = of({{MixKind::mixup, 0.2, 1}});
  std::vector<float> record(size_t(shape.size()), 10), partner(size_t(shape.size()), 20);
  for (uint64_t i = 0; i < 100; ++i) {
    MixDraw draw = mix.draw({1, 1, i}, 3, 16);
    EXPECT_GE(draw.partner, 0);
    EXPECT_LT(draw.partner, 16);
    std::vector<float> mixed = record;
    mix.apply(draw, mixed.data(), partner.data());
    for (float value : mixed)
      EXPECT_NEAR(value, 20 - 10 * draw.share, 1e-5);
    double label[4] = {};
    softLabel(draw, 1, 3, label);
    EXPECT_NEAR(label[1], draw.share, 1e-12);
    EXPECT_NEAR(label[3], 1 - draw.share, 1e-12);
  }
}

// The share that the label has is that of the pixels.
TEST(MixRecords, CutmixSharesThePixels) {
  Mix mix = of({{MixKind::cutmix, 1, 1}});
  std::vector<uint8_t> record(size_t(shape.size()), 1), partner(size_t(shape.size()), 2);
  double shares = 0;
  for (uint64_t i = 0; i < 500; ++i) {
    MixDraw draw = mix.draw({1, 1, i}, 3, 16);
    std::vector<uint8_t> mixed = record;
    mix.apply(draw, mixed.data(), partner.data());
    auto own = double(std::count(mixed.begin(), mixed.end(), 1));
    EXPECT_NEAR(own / double(shape.size()), draw.share, 1e-12);
    for (int64_t y = 0; y < shape.height; ++y)
      for (int64_t x = 0; x < shape.width; ++x) {
        bool isIn = y >= draw.top && y < draw.bottom && x >= draw.left && x < draw.right;
        EXPECT_EQ(mixed[size_t((y * shape.width + x) * 3)], isIn ? 2 : 1);
      }
    shares += draw.share / 500;
  }
  EXPECT_GT(shares, 0.5);
  EXPECT_LT(shares, 0.8);
}

TEST(MixRecords, TheFirstWhoseChanceComesIsTaken) {
  Mix mix = of({{MixKind::mixup, 1, 0.5}, {MixKind::cutmix, 1, 0.5}});
  int counts[3] = {};
  for (uint64_t i = 0; i < 4000; ++i) {
    MixDraw draw = mix.draw({1, 1, i}, 3, 16);
    bool isNone = !draw.isBox && draw.share == 1;
    ++counts[isNone ? 0 : draw.isBox ? 2 : 1];
    EXPECT_TRUE(!isNone || draw.partner == 3);
  }
  EXPECT_NEAR(counts[1], 2000, 120);
  EXPECT_NEAR(counts[2], 1000, 100);
  EXPECT_NEAR(counts[0], 1000, 100);
}

TEST(MixRecords, IsAFunctionOfItsKey) {
  Mix mix = of({{MixKind::mixup, 1, 1}});
  EXPECT_EQ(mix.draw({1, 2, 3}, 0, 9).share, mix.draw({1, 2, 3}, 0, 9).share);
  EXPECT_NE(mix.draw({1, 2, 3}, 0, 9).share, mix.draw({1, 3, 3}, 0, 9).share);
  EXPECT_NE(mix.draw({1, 2, 3}, 0, 9).share, mix.draw({1, 2, 4}, 0, 9).share);
}
