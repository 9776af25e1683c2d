// How fast pictures are decoded beside the libraries that decode them. `bench-decode [PLACE…]` takes the
// pictures of folders or archives, and large ones that it makes itself, and decodes each set by our reader
// and by plain calls of libjpeg-turbo and libpng in turns. A line for each set: its name, how many pictures,
// millions of bytes of pixels a second by our reader and by the libraries, medians, and the ratio of the two.
#include "bench/Median.h"
#include "runtime/data/Files.h"
#include "runtime/data/image/Decode.h"
#include "runtime/data/image/PngWrite.h"

#include <cmath>
#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <jpeglib.h>
#include <png.h>
#include <vector>

using namespace nnrt;
using nnbench::threadClock;

namespace {

constexpr int turns = 15;

struct Picture {
  std::string name, bytes;
};
struct Set {
  std::string name;
  std::vector<Picture> pictures;
};

// As the libraries' own examples do it, errors aside: these pictures are sound.
size_t plainJpeg(const std::string &bytes) {
  jpeg_decompress_struct jpeg;
  jpeg_error_mgr errors;
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&jpeg);
  jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size());
  jpeg_read_header(&jpeg, TRUE);
  jpeg_start_decompress(&jpeg);
  size_t rowBytes = size_t(jpeg.output_width) * size_t(jpeg.output_components);
  Bytes pixels(rowBytes * jpeg.output_height);
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW row = pixels.data() + jpeg.output_scanline * rowBytes;
    jpeg_read_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_decompress(&jpeg);
  jpeg_destroy_decompress(&jpeg);
  return pixels.size();
}

void readMemory(png_structp png, png_bytep to, size_t count) {
  auto *&from = *static_cast<const char **>(png_get_io_ptr(png));
  memcpy(to, from, count);
  from += count;
}

size_t plainPng(const std::string &bytes) {
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  const char *from = bytes.data();
  png_set_read_fn(png, &from, readMemory);
  png_read_info(png, info);
  size_t rowBytes = png_get_rowbytes(png, info), height = png_get_image_height(png, info);
  Bytes pixels(rowBytes * height);
  std::vector<png_bytep> rows(height);
  for (size_t y = 0; y < height; ++y)
    rows[y] = pixels.data() + y * rowBytes;
  png_read_image(png, rows.data());
  png_read_end(png, nullptr);
  png_destroy_read_struct(&png, &info, nullptr);
  return pixels.size();
}

size_t decodePlainly(const Picture &picture) {
  return picture.bytes[0] == '\x89' ? plainPng(picture.bytes) : plainJpeg(picture.bytes);
}

size_t decodeOurs(const Picture &picture) {
  Result<Image> image = decodeImage({picture.bytes, picture.name});
  if (!image)
    std::fprintf(stderr, "%s\n", image.error().message.c_str());
  return image ? image->pixels.size() : 0;
}

// Smooth shapes under grain, as photographs have.
Image largePicture(int seed) {
  Image image{768, 1024, 3, Bytes(768 * 1024 * 3)};
  uint32_t noise = uint32_t(seed) * 2654435761u + 1;
  for (size_t i = 0; i < image.pixels.size(); ++i) {
    double x = double(i / 3 % 1024), y = double(i / 3 / 1024), channel = double(i % 3);
    noise = noise * 1664525 + 1013904223;
    image.pixels[i] = uint8_t(128 + 60 * std::sin(x / 47 + seed + channel) + 50 * std::cos(y / 31 - x / 90) +
                              double(noise >> 28));
  }
  return image;
}

std::string asJpeg(const Image &image) {
  jpeg_compress_struct jpeg;
  jpeg_error_mgr errors;
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  unsigned char *memory = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&jpeg, &memory, &size);
  jpeg.image_width = JDIMENSION(image.width);
  jpeg.image_height = JDIMENSION(image.height);
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, 90, TRUE);
  jpeg_start_compress(&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height) {
    auto *row = const_cast<JSAMPROW>(&image.pixels[size_t(jpeg.next_scanline) * size_t(image.width) * 3]);
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  std::string bytes(reinterpret_cast<char *>(memory), size);
  jpeg_destroy_compress(&jpeg);
  std::free(memory);
  return bytes;
}

// False where the two do not agree on what was decoded.
bool measure(const Set &set) {
  std::vector<double> ours, plain;
  size_t bytes = 0, plainBytes = 0;
  for (int turn = 0; turn < turns; ++turn) {
    double start = threadClock();
    bytes = plainBytes = 0;
    for (const Picture &picture : set.pictures)
      bytes += decodeOurs(picture);
    double between = threadClock();
    for (const Picture &picture : set.pictures)
      plainBytes += decodePlainly(picture);
    ours.push_back(between - start);
    plain.push_back(threadClock() - between);
  }
  double our = nnbench::median(ours), their = nnbench::median(plain); // milliseconds
  std::printf("%s %zu %.1f %.1f %.3f\n", set.name.c_str(), set.pictures.size(), double(bytes) / 1e3 / our,
              double(bytes) / 1e3 / their, their / our);
  return bytes == plainBytes && bytes > 0;
}

} // namespace

int main(int argc, char **argv) {
  std::vector<Set> sets;
  for (int i = 1; i < argc; ++i) {
    sets.push_back({"given", {}});
    FileVisitor visitor;
    visitor.wants = [](const std::string &path) { return endsWith(path, {".png", ".jpg", ".jpeg"}); };
    visitor.visit = [&](const std::string &path, const Bytes &content) -> Status {
      sets.back().pictures.push_back({path, std::string(content.begin(), content.end())});
      return Done{};
    };
    if (Status read = visitFiles(argv[i], visitor); !read) {
      std::fprintf(stderr, "%s\n", read.error().message.c_str());
      return 1;
    }
  }
  Set jpegs{"large-jpeg", {}}, pngs{"large-png", {}};
  for (int seed = 0; seed < 3; ++seed) {
    Image image = largePicture(seed);
    jpegs.pictures.push_back({"made.jpg", asJpeg(image)});
    pngs.pictures.push_back({"made.png", *encodePng(image)});
  }
  sets.push_back(std::move(jpegs));
  sets.push_back(std::move(pngs));
  bool agree = true;
  for (const Set &set : sets)
    agree &= measure(set);
  return agree ? 0 : 1;
}
