// What Pillow and OpenCV made of pictures: test/images/expected.json, written by reference.py beside it.
#ifndef NN_TEST_RUNTIME_DATA_IMAGE_EXPECTED_H
#define NN_TEST_RUNTIME_DATA_IMAGE_EXPECTED_H

#include "runtime/base/Json.h"
#include "runtime/data/image/Image.h"
#include "test/runtime/Support.h"

namespace nntest {

inline std::string imagePath(const std::string &name) {
  return std::string(NN_SOURCE_DIR) + "/test/images/" + name;
}

inline const nnrt::Json &expectedImages() {
  static const nnrt::Json all =
      *nnrt::parseJsonObject(readBytes(imagePath("expected.json")), "expected.json");
  return all;
}

inline nnrt::Image imageOf(const nnrt::Json &json) {
  nnrt::Image image{json["shape"][0], json["shape"][1], json["shape"][2], {}};
  std::string digits = json["pixels"];
  for (size_t i = 0; i < digits.size(); i += 2)
    image.pixels.push_back(uint8_t(std::stoi(digits.substr(i, 2), nullptr, 16)));
  return image;
}

inline void expectSame(const nnrt::Image &image, const nnrt::Image &expected, const std::string &what) {
  EXPECT_EQ(image.height, expected.height) << what;
  EXPECT_EQ(image.width, expected.width) << what;
  EXPECT_EQ(image.channels, expected.channels) << what;
  EXPECT_EQ(image.pixels, expected.pixels) << what;
}

} // namespace nntest

#endif
