// Where the records of a program are. Up to the limit of `--memory` they are held in memory; a column that
// would pass it is written into one temporary file, in blocks of records, and read back through a cache that
// belongs to the limit too. Without a limit all is held.
#ifndef NN_RUNTIME_DATA_RECORDSTORE_H
#define NN_RUNTIME_DATA_RECORDSTORE_H

#include "runtime/base/TemporaryFile.h"

#include <algorithm>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace nnrt {

// The limit of later columns, and where what passes it goes: $TMPDIR, else this directory. 0 is no limit.
// Columns there are keep their place.
void limitRecordMemory(uint64_t bytes, const std::string &directory);
// The same without a file: records of later columns that take more are an error.
void refuseRecordsBeyond(uint64_t bytes);
// Whether what passes the limit goes to a file.
bool spillsRecords();
// An error where so many bytes beside those held are too many and there is no file for them.
Status checkRoomForRecords(uint64_t bytes);
// Whether a column has passed the limit: then the order of a training is mixed within windows.
bool hasSpilledRecords();
// The first failure to read a record back; who uses records asks behind it.
Status recordFailure();

// The most that a file may claim for its records.
uint64_t mostRecordBytes();

// Records of this many bytes, over all columns of a table, that make one block.
int64_t recordsPerBlock(uint64_t recordBytes);
// What a training may take of the cache for the records that it mixes at a time.
uint64_t windowBytes();

// Bytes that count against the limit as long as this lives.
class HeldMemory {
public:
  HeldMemory() = default;
  HeldMemory(const HeldMemory &) = delete;
  HeldMemory &operator=(const HeldMemory &) = delete;
  ~HeldMemory();
  // False, and nothing taken, where the limit does not allow it.
  bool take(uint64_t bytes);

private:
  uint64_t held = 0;
};

using Block = std::vector<uint8_t>;

// The temporary file and what of it is in memory.
class SpillFile {
public:
  SpillFile(TemporaryFile file, uint64_t cacheBytes) : file(std::move(file)), capacity(cacheBytes) {}

  Result<uint64_t> append(const void *bytes, size_t count); // where it stands
  // Any thread may. Zeros after a failure, which is kept.
  std::shared_ptr<const Block> read(uint64_t position, size_t count);
  void discard(uint64_t position, size_t count);
  Status status();

private:
  struct Entry {
    uint64_t position;
    std::shared_ptr<Block> block;
  };
  std::shared_ptr<Block> spareBlock(size_t count);

  std::mutex mutex;
  TemporaryFile file;
  uint64_t capacity, end = 0, cached = 0;
  std::list<Entry> recent; // the latest first
  std::unordered_map<uint64_t, std::list<Entry>::iterator> places;
  std::string failure;
};

// The file for records that passed the limit.
Result<std::shared_ptr<SpillFile>> spillFile();

// The blocks of one column there.
class SpilledBlocks {
public:
  SpilledBlocks(std::shared_ptr<SpillFile> file, size_t blockBytes)
      : file(std::move(file)), blockBytes(blockBytes) {}
  SpilledBlocks(const SpilledBlocks &) = delete;
  SpilledBlocks &operator=(const SpilledBlocks &) = delete;
  ~SpilledBlocks();

  // All but the last have blockBytes.
  Status append(const void *bytes, size_t count);
  std::shared_ptr<const Block> block(size_t index) const;

private:
  size_t bytesOf(size_t index) const { return index + 1 == positions.size() ? lastBytes : blockBytes; }

  std::shared_ptr<SpillFile> file;
  size_t blockBytes, lastBytes = 0;
  std::vector<uint64_t> positions;
};

// The elements of a column on disk, [records, width], in the manner of a vector.
template <class T> class Spilled {
public:
  Spilled(std::shared_ptr<const SpilledBlocks> blocks, int64_t records, int64_t width, int64_t perBlock)
      : blocks(std::move(blocks)), records(records), width(width), perBlock(perBlock) {}
  size_t size() const { return size_t(records * width); }
  T operator[](size_t index) const {
    T value{};
    visit(int64_t(index), 1, [&](const T *element) { value = *element; });
    return value;
  }
  int64_t recordsInBlock() const { return perBlock; }
  // Calls use(elements) with `count` of them from the one at `begin` on.
  template <class Use> void visit(int64_t begin, int64_t count, const Use &use) const {
    int64_t inBlock = perBlock * width, from = begin % inBlock;
    std::shared_ptr<const Block> block = blocks->block(size_t(begin / inBlock));
    const T *elements = elementsOf(block) + from;
    std::vector<T> gathered; // from more than one block
    if (from + count > inBlock) {
      gathered.assign(elements, elements + (inBlock - from));
      gather(begin + inBlock - from, count - (inBlock - from), gathered);
      elements = gathered.data();
    }
    use(elements);
  }

private:
  static const T *elementsOf(const std::shared_ptr<const Block> &block) {
    return reinterpret_cast<const T *>(block->data());
  }
  // `begin` begins a block.
  void gather(int64_t begin, int64_t count, std::vector<T> &into) const {
    for (int64_t inBlock = perBlock * width; count > 0; begin += inBlock, count -= inBlock) {
      std::shared_ptr<const Block> block = blocks->block(size_t(begin / inBlock));
      into.insert(into.end(), elementsOf(block), elementsOf(block) + std::min(count, inBlock));
    }
  }

  std::shared_ptr<const SpilledBlocks> blocks;
  int64_t records, width, perBlock;
};

} // namespace nnrt

#endif
