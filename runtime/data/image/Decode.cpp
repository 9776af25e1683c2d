#include "runtime/data/image/Decode.h"
#include "runtime/base/Checked.h"

using namespace nnrt;

Status nnrt::checkImageSize(uint64_t width, uint64_t height, const std::string &name) {
  std::string size = std::to_string(width) + " x " + std::to_string(height) + " pixels";
  if (width == 0 || height == 0)
    return dataError("`" + name + "` is empty: " + size);
  if (!(Checked(width) * Checked(height)).atMost(maxImagePixels))
    return dataError("`" + name + "` claims " + size + ", more than the " + std::to_string(maxImagePixels) +
                     " that a picture may have");
  return Done{};
}

Result<Image> nnrt::decodeImage(const EncodedImage &file) {
  if (file.bytes.empty())
    return dataError("`" + file.name + "` is empty");
  if (file.bytes.substr(0, 8) == "\x89PNG\r\n\x1a\n")
    return decodePng(file);
  if (file.bytes.substr(0, 3) == "\xff\xd8\xff")
    return decodeJpeg(file);
  return dataError("`" + file.name + "` is neither PNG nor JPEG");
}
