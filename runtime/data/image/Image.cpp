#include "runtime/data/image/Image.h"

using namespace nnrt;

namespace {

Bytes luma(const Bytes &colour) {
  Bytes grey(colour.size() / 3);
  for (size_t i = 0; i < grey.size(); ++i) {
    const uint8_t *pixel = &colour[3 * i];
    grey[i] = uint8_t((19595u * pixel[0] + 38470u * pixel[1] + 7471u * pixel[2] + 32768u) >> 16);
  }
  return grey;
}

Bytes repeated(const Bytes &grey) {
  Bytes colour(3 * grey.size());
  for (size_t i = 0; i < colour.size(); ++i)
    colour[i] = grey[i / 3];
  return colour;
}

} // namespace

Image nnrt::withChannels(Image image, int64_t channels) {
  if (image.channels == channels)
    return image;
  image.pixels = channels == 1 ? luma(image.pixels) : repeated(image.pixels);
  image.channels = channels;
  return image;
}
