#include "runtime/data/image/Decode.h"
#include "runtime/base/Checked.h"

using namespace nnrt;

namespace {

Status checkSize(uint64_t width, uint64_t height, bool canHold, const EncodedImage &file) {
  const std::string &name = file.name;
  std::string size = std::to_string(width) + " x " + std::to_string(height) + " pixels";
  if (width == 0 || height == 0)
    return dataError("`" + name + "` is empty: " + size);
  if (!(Checked(width) * Checked(height)).atMost(maxImagePixels))
    return dataError("`" + name + "` claims " + size + ", more than the " + std::to_string(maxImagePixels) +
                     " that a picture may have");
  if (!canHold)
    return dataError("`" + name + "` claims " + size + ", more than its " +
                     std::to_string(file.bytes.size()) + " bytes can hold");
  return Done{};
}

} // namespace

bool Decoding::accept(uint64_t width, uint64_t height, bool canHold) {
  size = checkSize(width, height, canHold, file);
  image.width = int64_t(width);
  image.height = int64_t(height);
  return bool(size);
}

Result<Image> Decoding::finish() {
  NNRT_TRY(size);
  if (isDone)
    return std::move(image);
  if (isTruncated)
    return dataError("`" + file.name + "` is truncated: the " + format + " ends after " +
                     std::to_string(file.bytes.size()) + " bytes");
  return dataError("`" + file.name + "` is not a sound " + format + ": " + message);
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
