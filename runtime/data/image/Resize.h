// Another size of a picture, by the convention of Pillow's `resize` with BILINEAR: the triangle filter, made
// wider when the picture shrinks, so that every pixel of the source counts; pixel centres at one half; along
// rows first, then along columns, each rounded to bytes.
#ifndef NN_RUNTIME_DATA_IMAGE_RESIZE_H
#define NN_RUNTIME_DATA_IMAGE_RESIZE_H

#include "runtime/data/image/Image.h"

namespace nnrt {

// The picture itself when it has that size. Sizes are positive.
Image resized(Image image, int64_t height, int64_t width);

} // namespace nnrt

#endif
