// One resampling is Pillow's, and maps compose as the steps that they stand for.
#include "runtime/data/augment/Affine.h"
#include "test/runtime/data/image/Expected.h"

#include <cmath>

using namespace nnrt;
using namespace nntest;

namespace {

template <class T>
std::vector<T> resampled(const std::vector<T> &in, const PictureShape &shape, const Affine &map) {
  std::vector<T> out(in.size());
  resample(in.data(), shape, map, out.data());
  return out;
}

Affine mapOf(const Json &one, const PictureShape &shape) {
  if (one.contains("degrees"))
    return Affine::rotation(double(one["degrees"]) * M_PI / 180).aboutMiddle(shape);
  const Json &m = one["map"];
  return {m[0], m[1], m[2], m[3], m[4], m[5]};
}

double at(const Affine &map, double x, double y) { return map.xx * x + map.xy * y + map.x0; }

} // namespace

TEST(ResamplePicture, IsThatOfPillow) {
  int cases = 0;
  for (const Json &group : expectedImages()["affine"]) {
    PictureShape shape{group["shape"][0], group["shape"][1], 1};
    std::vector<double> in = group["from"];
    std::vector<float> single(in.begin(), in.end());
    for (const Json &one : group["cases"]) {
      Affine map = mapOf(one, shape);
      std::vector<double> out = resampled(in, shape, map), expected = one["to"];
      std::vector<float> singleOut = resampled(single, shape, map);
      for (size_t i = 0; i < out.size(); ++i) {
        EXPECT_NEAR(out[i], expected[i], 1e-6) << one.dump().substr(0, 60) << " at " << i;
        EXPECT_NEAR(singleOut[i], expected[i], 2e-6) << one.dump().substr(0, 60) << " at " << i;
      }
      ++cases;
    }
  }
  EXPECT_EQ(cases, 18);
}

// Channels are resampled alike, whether the loop knows their number or not.
TEST(ResamplePicture, ChannelsDoNotMix) {
  const Json &group = expectedImages()["affine"][1];
  PictureShape shape{group["shape"][0], group["shape"][1], 1};
  std::vector<double> grey = group["from"];
  Affine map{0.9, 0.2, 1.5, -0.1, 1.2, -2.25};
  std::vector<double> expected = resampled(grey, shape, map);
  for (size_t channels : {2, 3}) {
    PictureShape wide{shape.height, shape.width, int64_t(channels)};
    std::vector<double> in(grey.size() * channels);
    for (size_t i = 0; i < in.size(); ++i)
      in[i] = grey[i / channels] * double(1 + i % channels);
    std::vector<double> out = resampled(in, wide, map);
    for (size_t i = 0; i < out.size(); ++i)
      EXPECT_NEAR(out[i], expected[i / channels] * double(1 + i % channels), 1e-12);
  }
}

TEST(AffineMap, LaterStepsActOnTheResultOfEarlierOnes) {
  Affine map = Affine::shift(3, 0).then(Affine::zoom(2));
  // What was at 1 went to 4, then to 8: the result's 8 shows the source's 1.
  EXPECT_DOUBLE_EQ(at(map, 8, 0), 1);
  EXPECT_DOUBLE_EQ(at(Affine::zoom(2).then(Affine::shift(3, 0)), 5, 0), 1);
}

TEST(ResamplePicture, FlipAndWholeShiftsAreExact) {
  PictureShape shape{2, 3, 1};
  std::vector<float> in = {1, 2, 3, 4, 5, 6};
  EXPECT_EQ(resampled(in, shape, Affine::flip(false).aboutMiddle(shape)),
            (std::vector<float>{3, 2, 1, 6, 5, 4}));
  EXPECT_EQ(resampled(in, shape, Affine::flip(true).aboutMiddle(shape)),
            (std::vector<float>{4, 5, 6, 1, 2, 3}));
  EXPECT_EQ(resampled(in, shape, Affine::shift(1, 0).aboutMiddle(shape)),
            (std::vector<float>{0, 1, 2, 0, 4, 5}));
  EXPECT_EQ(resampled(in, shape, Affine::shift(0, -1).aboutMiddle(shape)),
            (std::vector<float>{4, 5, 6, 0, 0, 0}));
  EXPECT_EQ(resampled(in, shape, Affine()), in);
}
