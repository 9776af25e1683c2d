// Geometric augmentations of a picture, however many, as one affine map and one resampling.
//
// The conventions are those of Pillow's `transform` with AFFINE and BILINEAR: the centre of pixel (x, y) is
// at (x + 1/2, y + 1/2); a place outside of the picture gives 0; within half a pixel of the border the
// border's pixels are repeated.
#ifndef NN_RUNTIME_DATA_AUGMENT_AFFINE_H
#define NN_RUNTIME_DATA_AUGMENT_AFFINE_H

#include <cstdint>

namespace nnrt {

struct PictureShape {
  int64_t height = 1, width = 1, channels = 1;
  int64_t size() const { return height * width * channels; }
};

// From a place in the result to the place in the source that it shows:
// x' = xx x + xy y + x0, y' = yx x + yy y + y0.
struct Affine {
  double xx = 1, xy = 0, x0 = 0;
  double yx = 0, yy = 1, y0 = 0;

  // This map after another step of the picture: first `*this` is done to it, then `later`.
  Affine then(const Affine &later) const;
  // The map about the middle of the picture rather than its corner.
  Affine aboutMiddle(const PictureShape &shape) const;
  bool isIdentity() const;

  static Affine flip(bool vertical);
  static Affine rotation(double radians); // counter-clockwise
  static Affine zoom(double factor);      // above 1: things become larger
  static Affine shift(double right, double down);
  static Affine shear(double radians); // the upper part goes to the right
};

// Pixels [height, width, channels] into a buffer of the same shape. Defined for bytes and float into float,
// and double into double.
template <class In, class Out>
void resample(const In *in, const PictureShape &shape, const Affine &map, Out *out);

} // namespace nnrt

#endif
