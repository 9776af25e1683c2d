// The JPEG decoder, and what a picture that it accepts goes through.
#include "runtime/data/image/Decode.h"
#include "runtime/data/image/Resize.h"

#include <cstdlib>

using namespace nnrt;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const std::string name = "input";
  auto image = decodeJpeg({{reinterpret_cast<const char *>(data), size}, name});
  if (!image)
    return 0;
  if (image->pixels.size() != size_t(image->height * image->width * image->channels))
    abort();
  Image small = resized(withChannels(std::move(*image), 1), 7, 9);
  if (small.pixels.size() != 7 * 9)
    abort();
  return 0;
}
