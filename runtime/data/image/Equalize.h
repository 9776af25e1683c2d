// Contrast by the histogram, each channel for itself, by OpenCV's conventions: `equalizeHist`, and CLAHE
// (Zuiderveld, "Contrast limited adaptive histogram equalization", Graphics Gems IV).
#ifndef NN_RUNTIME_DATA_IMAGE_EQUALIZE_H
#define NN_RUNTIME_DATA_IMAGE_EQUALIZE_H

#include <cstdint>

namespace nnrt {

// Pixels [height, width, channels], changed in place.
struct PixelView {
  uint8_t *pixels;
  int64_t height, width, channels;
};

// Grey levels spread so that their cumulative histogram becomes a line: the lowest level there is goes to 0,
// the highest to 255. A channel of one level stays.
void equalize(const PixelView &image);

// The same for each of tiles x tiles parts, with no slope above `limit` times that of a flat histogram,
// interpolated between the parts' centres.
struct ClaheOptions {
  int64_t tiles = 8;
  double limit = 2;
};
void clahe(const PixelView &image, const ClaheOptions &options);

} // namespace nnrt

#endif
