// Pictures out of the bytes of a file. What a header claims is held against limits before memory is taken;
// damage and truncation are errors that name the file.
#ifndef NN_RUNTIME_DATA_IMAGE_DECODE_H
#define NN_RUNTIME_DATA_IMAGE_DECODE_H

#include "runtime/data/image/Image.h"

#include <string_view>

namespace nnrt {

// The bytes of one file, and its name for messages.
struct EncodedImage {
  std::string_view bytes;
  const std::string &name;
};

// PNG or JPEG, by the first bytes.
Result<Image> decodeImage(const EncodedImage &file);

// Any colour type and depth, interlaced or not. Grey stays grey, palettes become colour; 16 bits are rounded
// to 8; transparency is dropped, as Pillow's and OpenCV's conversions do; gamma and profiles are ignored.
Result<Image> decodePng(const EncodedImage &file);

// Baseline and progressive; grey stays grey, CMYK becomes colour. The orientation that a camera notes is
// ignored, as Pillow's `open` does.
Result<Image> decodeJpeg(const EncodedImage &file);

// A picture on its way through a library that reports errors by longjmp: what the jump must not pass over.
struct Decoding {
  const EncodedImage &file;
  const char *format; // PNG
  bool isDone = false, isTruncated = false;
  std::string message{}; // of the library
  Status size = Done{};
  Image image{};

  // Takes the size that the header claims, if a picture may have it and the bytes there are can hold it.
  bool accept(uint64_t width, uint64_t height, bool canHold);
  Result<Image> finish();
};

} // namespace nnrt

#endif
