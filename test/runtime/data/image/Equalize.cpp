// Byte for byte OpenCV's `equalizeHist` and CLAHE.
#include "runtime/data/image/Equalize.h"
#include "test/runtime/data/image/Expected.h"

using namespace nnrt;
using namespace nntest;

namespace {

PixelView viewOf(Image &image) { return {image.pixels.data(), image.height, image.width, image.channels}; }

// The picture as each channel of another.
Image tripled(const Image &image) { return withChannels(image, 3); }

} // namespace

TEST(EqualizeImage, IsThatOfOpenCv) {
  ASSERT_EQ(expectedImages()["equalized"].size(), 6u);
  for (const Json &one : expectedImages()["equalized"]) {
    Image image = imageOf(one["from"]), expected = imageOf(one["to"]), colour = tripled(image);
    equalize(viewOf(image));
    expectSame(image, expected, one["from"]["shape"].dump());
    equalize(viewOf(colour));
    expectSame(colour, tripled(expected), "channels do not mix");
  }
}

TEST(ClaheImage, IsThatOfOpenCv) {
  ASSERT_EQ(expectedImages()["clahe"].size(), 5u);
  for (const Json &group : expectedImages()["clahe"]) {
    ASSERT_EQ(group["cases"].size(), 4u);
    for (const Json &one : group["cases"]) {
      Image image = imageOf(group["from"]), expected = imageOf(one["to"]), colour = tripled(image);
      ClaheOptions options{one["tiles"], one["limit"]};
      clahe(viewOf(image), options);
      std::string what =
          group["from"]["shape"].dump() + " in " + one["tiles"].dump() + ", " + one["limit"].dump();
      expectSame(image, expected, what);
      clahe(viewOf(colour), options);
      expectSame(colour, tripled(expected), "channels do not mix");
    }
  }
}
