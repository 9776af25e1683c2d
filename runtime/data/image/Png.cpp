// libpng reports errors by longjmp, which must not pass over anything with a destructor: all state is in the
// reader, and between `setjmp` and the library's calls there are plain values only.
#include "runtime/data/image/Decode.h"
#include "runtime/data/image/PngWrite.h"

#include <csetjmp>
#include <cstring>
#include <png.h>

using namespace nnrt;

namespace {

// Deflate packs at most 258 bytes into two bits, so a file cannot hold more than that.
constexpr uint64_t mostUnpacked = 1032;

struct PngReader : Decoding {
  size_t position = 0;
  png_structp png = nullptr;
  png_infop info = nullptr;

  explicit PngReader(const EncodedImage &file) : Decoding{file, "PNG"} {}
  PngReader(const PngReader &) = delete;
  ~PngReader() { png_destroy_read_struct(&png, &info, nullptr); }

  void run();
  bool readHeader();
  void convert();
  void readRows();
};

void onError(png_structp png, png_const_charp text) {
  static_cast<PngReader *>(png_get_error_ptr(png))->message = text;
  png_longjmp(png, 1);
}

// Warnings are of chunks that say nothing about pixels: profiles, texts.
void onWarning(png_structp, png_const_charp) {}

void onRead(png_structp png, png_bytep buffer, size_t count) {
  auto &reader = *static_cast<PngReader *>(png_get_io_ptr(png));
  if (count > reader.file.bytes.size() - reader.position) {
    reader.isTruncated = true;
    png_error(png, "the file ends early");
  }
  memcpy(buffer, reader.file.bytes.data() + reader.position, count);
  reader.position += count;
}

// Whether the claimed size can be true.
bool PngReader::readHeader() {
  png_read_info(png, info);
  uint64_t width = png_get_image_width(png, info), height = png_get_image_height(png, info);
  return accept(width, height, height * png_get_rowbytes(png, info) <= mostUnpacked * file.bytes.size());
}

void PngReader::convert() {
  int colour = png_get_color_type(png, info);
  if (colour == PNG_COLOR_TYPE_PALETTE)
    png_set_palette_to_rgb(png);
  else if (png_get_bit_depth(png, info) < 8)
    png_set_expand_gray_1_2_4_to_8(png);
  if (png_get_bit_depth(png, info) == 16)
    png_set_scale_16(png);
  png_set_strip_alpha(png); // that of a palette too
  image.channels = colour & PNG_COLOR_MASK_COLOR ? 3 : 1;
}

void PngReader::readRows() {
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t rowBytes = size_t(image.width * image.channels);
  if (png_get_rowbytes(png, info) != rowBytes)
    png_error(png, "unexpected size of a row");
  image.pixels.resize(size_t(image.height) * rowBytes);
  for (int pass = 0; pass < passes; ++pass)
    for (int64_t y = 0; y < image.height; ++y)
      png_read_row(png, image.pixels.data() + size_t(y) * rowBytes, nullptr);
  png_read_end(png, nullptr);
}

void PngReader::run() {
  png = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, onError, onWarning);
  info = png ? png_create_info_struct(png) : nullptr;
  if (!info) {
    message = "libpng could not start";
    return;
  }
  if (setjmp(png_jmpbuf(png)))
    return;
  png_set_read_fn(png, this, onRead);
  // The limits of this page are stated in pixels; libpng's own would tell less.
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  if (!readHeader())
    return;
  convert();
  readRows();
  isDone = true;
}

struct PngWriter {
  std::string bytes, message;
  png_structp png = nullptr;
  png_infop info = nullptr;

  PngWriter() = default;
  PngWriter(const PngWriter &) = delete;
  ~PngWriter() { png_destroy_write_struct(&png, &info); }

  bool run(const Image &image);
};

void onWriteError(png_structp png, png_const_charp text) {
  static_cast<PngWriter *>(png_get_error_ptr(png))->message = text;
  png_longjmp(png, 1);
}

void onWrite(png_structp png, png_bytep bytes, size_t count) {
  static_cast<PngWriter *>(png_get_io_ptr(png))->bytes.append(reinterpret_cast<const char *>(bytes), count);
}

bool PngWriter::run(const Image &image) {
  png = png_create_write_struct(PNG_LIBPNG_VER_STRING, this, onWriteError, onWarning);
  info = png ? png_create_info_struct(png) : nullptr;
  if (!info || setjmp(png_jmpbuf(png)))
    return false;
  png_set_write_fn(png, this, onWrite, nullptr);
  png_set_IHDR(png, info, png_uint_32(image.width), png_uint_32(image.height), 8,
               image.channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  for (int64_t y = 0; y < image.height; ++y)
    png_write_row(png, image.pixels.data() + size_t(y * image.width * image.channels));
  png_write_end(png, nullptr);
  return true;
}

} // namespace

Result<Image> nnrt::decodePng(const EncodedImage &file) {
  PngReader reader(file);
  reader.run();
  return reader.finish();
}

Result<std::string> nnrt::encodePng(const Image &image) {
  PngWriter writer;
  if (!writer.run(image))
    return internalError("libpng: " + writer.message);
  return std::move(writer.bytes);
}
