// libjpeg reports errors by longjmp, which must not pass over anything with a destructor: all state is in the
// reader, and between `setjmp` and the library's calls there are plain values only.
#include "runtime/data/image/Decode.h"

#include <csetjmp>
#include <cstdio>
#include <jpeglib.h>
#include <jerror.h>

using namespace nnrt;

namespace {

// A block of 64 pixels takes at least one bit of Huffman code. Arithmetic code has no such bound.
constexpr uint64_t mostPixelsPerByte = 8 * 64;
// What the library may take besides the picture: a progressive one keeps all coefficients.
constexpr long maxLibraryBytes = 2L << 30;
// A file of tiny scans would otherwise cost a full pass over the picture for each.
constexpr int maxScans = 500;

struct JpegReader : Decoding {
  char text[JMSG_LENGTH_MAX] = ""; // of the message
  jpeg_decompress_struct jpeg = {};
  jpeg_error_mgr errors = {};
  jpeg_progress_mgr progress = {};
  jmp_buf back;

  explicit JpegReader(const EncodedImage &file) : Decoding{file, "JPEG"} {}
  JpegReader(const JpegReader &) = delete;
  ~JpegReader() { jpeg_destroy_decompress(&jpeg); }

  void run();
  bool readHeader();
  bool chooseColours();
  void readRows();
};

JpegReader &readerOf(j_common_ptr jpeg) { return *static_cast<JpegReader *>(jpeg->client_data); }

[[noreturn]] void onError(j_common_ptr jpeg) {
  JpegReader &reader = readerOf(jpeg);
  int code = jpeg->err->msg_code;
  reader.isTruncated = code == JWRN_JPEG_EOF || code == JERR_INPUT_EOF || code == JERR_INPUT_EMPTY;
  jpeg->err->format_message(jpeg, reader.text);
  longjmp(reader.back, 1);
}

// The library goes on after damage, with grey or repeated pixels; a data set must not.
bool isDamage(int code) {
  switch (code) {
  case JWRN_JPEG_EOF:
  case JWRN_HIT_MARKER:
  case JWRN_HUFF_BAD_CODE:
  case JWRN_ARITH_BAD_CODE:
  case JWRN_MUST_RESYNC:
  case JWRN_BOGUS_PROGRESSION:
  case JWRN_NOT_SEQUENTIAL:
    return true;
  default: // versions, unknown transforms, bytes between segments
    return false;
  }
}

void onMessage(j_common_ptr jpeg, int level) {
  if (level < 0 && isDamage(jpeg->err->msg_code))
    onError(jpeg);
}

void onProgress(j_common_ptr jpeg) {
  if (reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number > maxScans) {
    snprintf(readerOf(jpeg).text, JMSG_LENGTH_MAX, "more than %d scans", maxScans);
    longjmp(readerOf(jpeg).back, 1);
  }
}

bool JpegReader::readHeader() {
  jpeg_read_header(&jpeg, TRUE);
  uint64_t width = jpeg.image_width, height = jpeg.image_height;
  bool hasBound = !jpeg.arith_code;
  return accept(width, height, !hasBound || width * height / mostPixelsPerByte <= file.bytes.size());
}

bool JpegReader::chooseColours() {
  image.channels = jpeg.num_components == 1 ? 1 : 3;
  switch (jpeg.num_components) {
  case 1:
    jpeg.out_color_space = JCS_GRAYSCALE;
    return true;
  case 3:
    jpeg.out_color_space = JCS_RGB;
    return true;
  case 4:
    jpeg.out_color_space = JCS_CMYK;
    return true;
  default:
    snprintf(text, sizeof text, "%d channels", jpeg.num_components);
    return false;
  }
}

// Adobe stores ink as its absence.
void cmykToColour(const uint8_t *cmyk, uint8_t *colour, int64_t width, bool isInverted) {
  for (int64_t x = 0; x < width; ++x, cmyk += 4)
    for (int i = 0; i < 3; ++i) {
      unsigned ink = isInverted ? cmyk[i] : 255u - cmyk[i], black = isInverted ? cmyk[3] : 255u - cmyk[3];
      *colour++ = uint8_t((ink * black + 127) / 255);
    }
}

void JpegReader::readRows() {
  jpeg_start_decompress(&jpeg);
  size_t rowBytes = size_t(image.width * image.channels);
  image.pixels.resize(size_t(image.height) * rowBytes);
  bool isCmyk = jpeg.out_color_components == 4;
  // The library's own memory, which goes with it.
  JSAMPARRAY inks = isCmyk ? jpeg.mem->alloc_sarray(reinterpret_cast<j_common_ptr>(&jpeg), JPOOL_IMAGE,
                                                    JDIMENSION(4 * image.width), 1)
                           : nullptr;
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW row = image.pixels.data() + jpeg.output_scanline * rowBytes;
    jpeg_read_scanlines(&jpeg, isCmyk ? inks : &row, 1);
    if (isCmyk)
      cmykToColour(inks[0], row, image.width, jpeg.saw_Adobe_marker);
  }
  jpeg_finish_decompress(&jpeg);
}

void JpegReader::run() {
  jpeg.err = jpeg_std_error(&errors);
  errors.error_exit = onError;
  errors.emit_message = onMessage;
  jpeg.client_data = this;
  if (setjmp(back))
    return;
  jpeg_create_decompress(&jpeg);
  jpeg.mem->max_memory_to_use = maxLibraryBytes;
  progress.progress_monitor = onProgress;
  jpeg.progress = &progress;
  jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char *>(file.bytes.data()), file.bytes.size());
  if (!readHeader() || !chooseColours())
    return;
  readRows();
  isDone = true;
}

} // namespace

Result<Image> nnrt::decodeJpeg(const EncodedImage &file) {
  JpegReader reader(file);
  reader.run();
  reader.message = reader.text;
  return reader.finish();
}
