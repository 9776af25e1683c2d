// Byte for byte Pillow's `resize` with BILINEAR.
#include "runtime/data/image/Resize.h"
#include "test/runtime/data/image/Expected.h"

using namespace nnrt;
using namespace nntest;

TEST(ResizeImage, IsThatOfPillow) {
  const Json &cases = expectedImages()["resized"];
  ASSERT_EQ(cases.size(), 14u);
  for (const Json &one : cases) {
    Image from = imageOf(one["from"]), to = imageOf(one["to"]);
    expectSame(resized(from, to.height, to.width), to, one["from"]["shape"].dump());
  }
}

TEST(ResizeImage, SameSizeIsTheSamePicture) {
  Image image = imageOf(expectedImages()["resized"][0]["from"]);
  expectSame(resized(image, image.height, image.width), image, "same");
}
