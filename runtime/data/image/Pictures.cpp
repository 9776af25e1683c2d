// Files are read one after another and decoded side by side, so many at a time. Bad ones are told in the
// order of the files, whichever thread found them.
#include "runtime/data/image/Pictures.h"
#include "runtime/base/Checked.h"
#include "runtime/base/File.h"
#include "runtime/base/ThreadPool.h"
#include "runtime/data/Files.h"
#include "runtime/data/image/Decode.h"
#include "runtime/data/image/Resize.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <optional>

using namespace nnrt;

namespace {

constexpr size_t atATime = 64, bytesAtATime = size_t(16) << 20;

struct File {
  std::string path, shown;
  Bytes content;
};

// Of the field's shape, and how many channels the file has. The picture as the file has it, which may be much
// larger, is there only while one thread works on it.
struct Decoded {
  Bytes pixels;
  int64_t channels;
};

Result<Decoded> decode(const File &file, const PictureShape &shape) {
  std::string_view bytes(reinterpret_cast<const char *>(file.content.data()), file.content.size());
  NNRT_ASSIGN(Image image, decodeImage({bytes, file.shown}));
  int64_t channels = image.channels;
  image = resized(withChannels(std::move(image), shape.channels), shape.height, shape.width);
  return Decoded{std::move(image.pixels), channels};
}

class Collector {
public:
  Collector(const PictureShape &shape, SkipBad &bad) : shape(shape), bad(bad) {}
  Status add(File file);
  Status decodePending();
  Pictures sorted();

private:
  Status append(const File &file, const Result<Decoded> &image);
  Status checkChannels(const File &file, const Decoded &image);

  PictureShape shape;
  SkipBad &bad;
  std::vector<File> pending;
  size_t pendingBytes = 0;
  // Of the first picture: the others must be like it.
  int64_t channels = 0;
  std::string first;
  Pictures pictures;
};

std::string kindOf(int64_t channels) { return channels == 1 ? "grey" : "in colour"; }

Status Collector::checkChannels(const File &file, const Decoded &image) {
  if (channels == 0) {
    channels = image.channels;
    first = file.shown;
  }
  if (image.channels == channels)
    return Done{};
  return dataError("`" + file.shown + "` is " + kindOf(image.channels) + ", `" + first + "` is " +
                   kindOf(channels) + ": the pictures of a set have the same channels");
}

Status Collector::append(const File &file, const Result<Decoded> &decoded) {
  NNRT_TRY(decoded);
  NNRT_TRY(checkChannels(file, *decoded));
  pictures.pixels.insert(pictures.pixels.end(), decoded->pixels.begin(), decoded->pixels.end());
  pictures.paths.push_back(file.path);
  return Done{};
}

Status Collector::decodePending() {
  std::vector<std::optional<Result<Decoded>>> images(pending.size());
  parallelChunks(int64_t(pending.size()),
                 [&](int64_t i) { images[size_t(i)] = decode(pending[size_t(i)], shape); });
  for (size_t i = 0; i < pending.size(); ++i)
    if (Status added = append(pending[i], *images[i]); !added)
      NNRT_TRY(bad.skip(added.error()));
  pending.clear();
  pendingBytes = 0;
  if (pictures.pixels.size() > memoryLimit())
    return dataError("the pictures are more than this machine's memory holds");
  return Done{};
}

Status Collector::add(File file) {
  pendingBytes += file.content.size();
  pending.push_back(std::move(file));
  return pending.size() < atATime && pendingBytes < bytesAtATime ? Status(Done{}) : decodePending();
}

// A folder comes in order, an archive mostly.
Pictures Collector::sorted() {
  std::vector<std::string> &paths = pictures.paths;
  if (std::is_sorted(paths.begin(), paths.end()))
    return std::move(pictures);
  std::vector<size_t> order(paths.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return paths[a] < paths[b]; });
  size_t size = size_t(shape.size());
  Pictures result{{}, Bytes(pictures.pixels.size())};
  for (size_t i = 0; i < order.size(); ++i) {
    result.paths.push_back(std::move(paths[order[i]]));
    memcpy(result.pixels.data() + i * size, pictures.pixels.data() + order[i] * size, size);
  }
  return result;
}

} // namespace

bool nnrt::isPicturePath(const std::string &path) { return endsWith(path, {".png", ".jpg", ".jpeg"}); }

Result<Pictures> nnrt::readPictures(const std::string &place, const PictureShape &shape,
                                    const ChoosePath &wants, SkipBad &bad) {
  Collector collector(shape, bad);
  FileVisitor visitor;
  visitor.wants = [&](const std::string &path) { return isPicturePath(path) && wants(path); };
  visitor.visit = [&](const std::string &path, Bytes content) {
    return collector.add({path, joinPath(place, path), std::move(content)});
  };
  NNRT_TRY(visitFiles(place, visitor));
  NNRT_TRY(collector.decodePending());
  return collector.sorted();
}

Result<Bytes> nnrt::readPicture(const std::string &path, const PictureShape &shape) {
  NNRT_ASSIGN(Bytes content, readWhole(path));
  NNRT_ASSIGN(Decoded decoded, decode({path, path, std::move(content)}, shape));
  return std::move(decoded.pixels);
}
