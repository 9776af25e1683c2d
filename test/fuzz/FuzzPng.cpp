// The PNG decoder, and what a picture that it accepts goes through. Check sums would stop nearly every
// mutation at the door, so each input is also tried with its sums made good.
#include "runtime/data/image/Decode.h"
#include "runtime/data/image/Resize.h"

#include <cstdlib>
#include <zlib.h>

using namespace nnrt;

namespace {

void decode(const std::string &bytes) {
  static const std::string name = "input";
  auto image = decodePng({bytes, name});
  if (!image)
    return;
  if (image->pixels.size() != size_t(image->height * image->width * image->channels))
    abort();
  Image small = resized(withChannels(std::move(*image), 1), 7, 9);
  if (small.pixels.size() != 7 * 9)
    abort();
}

// After the signature: chunks of length, type, content, sum of type and content.
std::string withGoodSums(std::string bytes) {
  auto *data = reinterpret_cast<uint8_t *>(bytes.data());
  for (size_t at = 8; at + 12 <= bytes.size();) {
    size_t length =
        size_t(data[at]) << 24 | size_t(data[at + 1]) << 16 | size_t(data[at + 2]) << 8 | data[at + 3];
    if (length > bytes.size() - at - 12)
      break;
    uint32_t sum = uint32_t(crc32(0, data + at + 4, uInt(length + 4)));
    for (size_t i = 0; i < 4; ++i)
      data[at + 8 + length + i] = uint8_t(sum >> (24 - 8 * i));
    at += 12 + length;
  }
  return bytes;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string bytes(reinterpret_cast<const char *>(data), size);
  decode(bytes);
  decode(withGoodSums(bytes));
  return 0;
}
