// A picture in memory: bytes, rows from the top, the channels of a pixel beside one another.
#ifndef NN_RUNTIME_DATA_IMAGE_IMAGE_H
#define NN_RUNTIME_DATA_IMAGE_IMAGE_H

#include "runtime/base/Result.h"
#include "runtime/data/Table.h"

#include <string>

namespace nnrt {

struct Image {
  int64_t height = 0, width = 0;
  int64_t channels = 1; // 1: grey, 3: red, green, blue
  Bytes pixels;         // [height, width, channels]
};

// What a decoder takes: a larger picture is refused from its header alone.
constexpr uint64_t maxImagePixels = uint64_t(1) << 28;

// Grey to colour repeats the value; colour to grey is the luma of ITU-R BT.601 in Pillow's rounding,
// (19595 R + 38470 G + 7471 B + 32768) / 65536.
Image withChannels(Image image, int64_t channels);

} // namespace nnrt

#endif
