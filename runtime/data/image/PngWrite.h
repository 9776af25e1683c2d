// A picture as the bytes of a PNG file.
#ifndef NN_RUNTIME_DATA_IMAGE_PNGWRITE_H
#define NN_RUNTIME_DATA_IMAGE_PNGWRITE_H

#include "runtime/data/image/Image.h"

namespace nnrt {

Result<std::string> encodePng(const Image &image);

} // namespace nnrt

#endif
