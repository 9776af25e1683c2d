// A quarter of the limit is the cache's: a window of records is half of that, so the blocks of one window
// stay while those of the next come in.
#include "runtime/data/RecordStore.h"
#include "runtime/base/Checked.h"
#include "runtime/base/Text.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>

using namespace nnrt;

namespace {

constexpr uint64_t cacheParts = 4, blocksInCache = 64;
constexpr int64_t maxRecordsPerBlock = 1 << 16;
// What an entry takes beside its bytes.
constexpr size_t entryBytes = 192;

struct Store {
  std::atomic<uint64_t> limit{0}, held{0}; // of what is in memory; no limit when 0
  std::atomic<uint64_t> cache{0};          // no file when 0
  std::string directory;
  std::mutex mutex;
  std::shared_ptr<SpillFile> file;
};

Store &store() {
  static Store instance;
  return instance;
}

void setLimit(uint64_t bytes, uint64_t cache, std::string directory) {
  std::lock_guard<std::mutex> lock(store().mutex);
  store().directory = std::move(directory);
  store().limit = bytes;
  store().cache = cache;
  store().file.reset();
}

} // namespace

void nnrt::limitRecordMemory(uint64_t bytes, const std::string &directory) {
  const char *temporary = getenv("TMPDIR");
  setLimit(bytes - bytes / cacheParts, bytes / cacheParts, temporary && *temporary ? temporary : directory);
}

void nnrt::refuseRecordsBeyond(uint64_t bytes) { setLimit(std::max<uint64_t>(bytes, 1), 0, ""); }

bool nnrt::spillsRecords() { return store().cache > 0; }

Status nnrt::checkRoomForRecords(uint64_t bytes) {
  uint64_t limit = store().limit, held = store().held;
  if (!limit || store().cache || held + bytes <= limit)
    return Done{};
  return dataError("the records need at least " + byteCount(held + bytes) + " of memory (" +
                   grouped(int64_t(held + bytes)) + " bytes), and " + byteCount(limit) + " (" +
                   grouped(int64_t(limit)) +
                   ") are available beside the program: with `--memory SIZE`, what passes SIZE goes to disk");
}

bool nnrt::hasSpilledRecords() {
  std::lock_guard<std::mutex> lock(store().mutex);
  return store().file != nullptr;
}

Status nnrt::recordFailure() {
  std::lock_guard<std::mutex> lock(store().mutex);
  return store().file ? store().file->status() : Status(Done{});
}

Result<std::shared_ptr<SpillFile>> nnrt::spillFile() {
  std::lock_guard<std::mutex> lock(store().mutex);
  if (!store().file) {
    NNRT_ASSIGN(TemporaryFile file, TemporaryFile::create(store().directory));
    store().file = std::make_shared<SpillFile>(std::move(file), store().cache);
  }
  return store().file;
}

uint64_t nnrt::mostRecordBytes() { return spillsRecords() ? uint64_t(1) << 62 : memoryLimit(); }

int64_t nnrt::recordsPerBlock(uint64_t recordBytes) {
  uint64_t bytes = store().cache ? store().cache / blocksInCache : uint64_t(1) << 16;
  return std::clamp<int64_t>(int64_t(bytes / std::max<uint64_t>(recordBytes, 1)), 1, maxRecordsPerBlock);
}

uint64_t nnrt::windowBytes() { return store().cache / 2; }

HeldMemory::~HeldMemory() { store().held -= held; }

bool HeldMemory::take(uint64_t bytes) {
  uint64_t limit = store().limit, now = store().held;
  do {
    if (limit && now + bytes > limit)
      return false;
  } while (!store().held.compare_exchange_weak(now, now + bytes));
  held += bytes;
  return true;
}

Result<uint64_t> SpillFile::append(const void *bytes, size_t count) {
  std::lock_guard<std::mutex> lock(mutex);
  NNRT_TRY(file.write(bytes, count, end));
  return std::exchange(end, end + count);
}

// The memory of blocks that nobody uses any more goes round.
std::shared_ptr<Block> SpillFile::spareBlock(size_t count) {
  std::shared_ptr<Block> spare;
  while (!recent.empty() && cached + count + entryBytes > capacity) {
    Entry &oldest = recent.back();
    cached -= oldest.block->size() + entryBytes;
    if (oldest.block.use_count() == 1) {
      std::atomic_thread_fence(std::memory_order_acquire); // behind the last reads of whoever let it go
      spare = std::move(oldest.block);
    }
    places.erase(oldest.position);
    recent.pop_back();
  }
  if (!spare)
    spare = std::make_shared<Block>();
  spare->resize(count);
  return spare;
}

std::shared_ptr<const Block> SpillFile::read(uint64_t position, size_t count) {
  std::lock_guard<std::mutex> lock(mutex);
  if (auto place = places.find(position); place != places.end()) {
    recent.splice(recent.begin(), recent, place->second);
    return place->second->block;
  }
  std::shared_ptr<Block> block = spareBlock(count);
  if (Status read = file.read(block->data(), count, position); !read) {
    std::fill(block->begin(), block->end(), uint8_t(0));
    if (failure.empty())
      failure = read.error().message;
  }
  recent.push_front({position, block});
  places[position] = recent.begin();
  cached += count + entryBytes;
  return block;
}

void SpillFile::discard(uint64_t position, size_t count) {
  std::lock_guard<std::mutex> lock(mutex);
  if (auto place = places.find(position); place != places.end()) {
    cached -= place->second->block->size() + entryBytes;
    recent.erase(place->second);
    places.erase(place);
  }
  file.discard(position, count);
}

Status SpillFile::status() {
  std::lock_guard<std::mutex> lock(mutex);
  return failure.empty() ? Status(Done{}) : dataError(failure);
}

SpilledBlocks::~SpilledBlocks() {
  for (size_t i = 0; i < positions.size(); ++i)
    file->discard(positions[i], bytesOf(i));
}

Status SpilledBlocks::append(const void *bytes, size_t count) {
  NNRT_ASSIGN(uint64_t position, file->append(bytes, count));
  positions.push_back(position);
  lastBytes = count;
  return Done{};
}

std::shared_ptr<const Block> SpilledBlocks::block(size_t index) const {
  return file->read(positions[index], bytesOf(index));
}
