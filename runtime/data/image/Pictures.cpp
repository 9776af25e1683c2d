// Files are read one after another and decoded side by side, so many at a time. Bad ones are told in the
// order of the files, whichever thread found them.
#include "runtime/data/image/Pictures.h"
#include "runtime/base/File.h"
#include "runtime/base/ThreadPool.h"
#include "runtime/data/ColumnWriter.h"
#include "runtime/data/Files.h"
#include "runtime/data/image/Decode.h"
#include "runtime/data/image/Resize.h"

#include <algorithm>
#include <new>
#include <numeric>
#include <optional>

using namespace nnrt;

namespace {

// Where records have a limit, those that wait take as much as a window of them.
constexpr size_t mostAtATime = 64, mostBytesAtATime = size_t(16) << 20;
size_t bytesAtATime() {
  return spillsRecords() ? std::min<size_t>(windowBytes(), mostBytesAtATime) : mostBytesAtATime;
}

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

Result<Decoded> decodeWhole(const File &file, const PictureShape &shape) {
  std::string_view bytes(reinterpret_cast<const char *>(file.content.data()), file.content.size());
  NNRT_ASSIGN(Image image, decodeImage({bytes, file.shown}));
  int64_t channels = image.channels;
  image = resized(withChannels(std::move(image), shape.channels), shape.height, shape.width);
  return Decoded{std::move(image.pixels), channels};
}

// A small file may unpack into more than there is.
Result<Decoded> decode(const File &file, const PictureShape &shape) {
  try {
    return decodeWhole(file, shape);
  } catch (const std::bad_alloc &) {
    return dataError("`" + file.shown + "` unpacks into more pixels than the memory holds");
  }
}

// Pictures that no reader here reads: left out in silence they would be missed.
bool isOtherPicture(const std::string &path) {
  return endsWith(path, {".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".avif", ".ppm", ".pgm"});
}

class Collector {
public:
  Collector(const std::string &place, const PictureShape &shape, SkipBad &bad)
      : shape(shape), bad(bad),
        pixels(place, {shape.height, shape.width, shape.channels}, uint64_t(shape.size())) {}
  Status add(File file);
  Status decodePending();
  Result<Pictures> sorted();

private:
  Status check(const File &file, const Result<Decoded> &image);
  Status append(const File &file, const Decoded &image);
  Status checkChannels(const File &file, const Decoded &image);

  PictureShape shape;
  SkipBad &bad;
  std::vector<File> pending;
  size_t pendingBytes = 0;
  // Of the first picture: the others must be like it.
  int64_t channels = 0;
  std::string first;
  std::vector<std::string> paths;
  ColumnWriter<uint8_t> pixels; // of each path
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

Status Collector::check(const File &file, const Result<Decoded> &decoded) {
  NNRT_TRY(decoded);
  return checkChannels(file, *decoded);
}

// Fails where there is no place for more, which is no fault of the picture.
Status Collector::append(const File &file, const Decoded &decoded) {
  paths.push_back(file.path);
  return pixels.append(decoded.pixels.data());
}

Status Collector::decodePending() {
  std::vector<std::optional<Result<Decoded>>> images(pending.size());
  parallelChunks(int64_t(pending.size()),
                 [&](int64_t i) { images[size_t(i)] = decode(pending[size_t(i)], shape); });
  for (size_t i = 0; i < pending.size(); ++i)
    if (Status good = check(pending[i], *images[i]); good)
      NNRT_TRY(append(pending[i], **images[i]));
    else
      NNRT_TRY(bad.skip(good.error()));
  pending.clear();
  pendingBytes = 0;
  return Done{};
}

Status Collector::add(File file) {
  pendingBytes += file.content.size() + size_t(shape.size());
  pending.push_back(std::move(file));
  bool waits = pending.size() < mostAtATime && pendingBytes < bytesAtATime();
  return waits ? Status(Done{}) : decodePending();
}

// A folder comes in order, an archive mostly.
Result<Pictures> Collector::sorted() {
  NNRT_ASSIGN(Column column, pixels.finish());
  std::vector<size_t> order(paths.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return paths[a] < paths[b]; });
  NNRT_ASSIGN(column, reordered(std::move(column), order, uint64_t(shape.size())));
  std::vector<std::string> sortedPaths;
  for (size_t place : order)
    sortedPaths.push_back(std::move(paths[place]));
  // An archive may have two members of one name.
  if (auto twice = std::adjacent_find(sortedPaths.begin(), sortedPaths.end()); twice != sortedPaths.end())
    return dataError("`" + column.origin + "`: `" + *twice + "` stands in it twice");
  return Pictures{std::move(sortedPaths), std::move(column)};
}

} // namespace

bool nnrt::isPicturePath(const std::string &path) { return endsWith(path, {".png", ".jpg", ".jpeg"}); }

Result<Pictures> nnrt::readPictures(const std::string &place, const PictureShape &shape,
                                    const ChoosePath &wants, SkipBad &bad) {
  Collector collector(place, shape, bad);
  FileVisitor visitor;
  Status others = Done{};
  visitor.wants = [&](const std::string &path) {
    if (!others || !(isPicturePath(path) || isOtherPicture(path)) || !wants(path))
      return false;
    if (isOtherPicture(path))
      others = bad.skip(dataError("`" + joinPath(place, path) + "` is neither PNG nor JPEG"));
    return isPicturePath(path);
  };
  visitor.visit = [&](const std::string &path, Bytes content) {
    return collector.add({path, joinPath(place, path), std::move(content)});
  };
  visitor.unreadable = [&](const Error &error) -> Status {
    NNRT_TRY(collector.decodePending()); // so that bad ones are told in their order
    return bad.skip(error);
  };
  NNRT_TRY(visitFiles(place, visitor));
  NNRT_TRY(others);
  NNRT_TRY(collector.decodePending());
  return collector.sorted();
}

Result<Bytes> nnrt::readPicture(const std::string &path, const PictureShape &shape) {
  NNRT_ASSIGN(Bytes content, readWhole(path));
  NNRT_ASSIGN(Decoded decoded, decode({path, path, std::move(content)}, shape));
  return std::move(decoded.pixels);
}
