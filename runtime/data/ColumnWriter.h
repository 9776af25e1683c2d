// Makes a column of records as they come, and decides where they go: memory up to the limit, the temporary
// file behind it. For a reader that does not know what will come, or how much.
#ifndef NN_RUNTIME_DATA_COLUMNWRITER_H
#define NN_RUNTIME_DATA_COLUMNWRITER_H

#include "runtime/base/GrowingMemory.h"
#include "runtime/data/Table.h"

#include <functional>
#include <optional>

namespace nnrt {

// T: uint8_t, float or double.
template <class T> class ColumnWriter {
public:
  // `tableBytes`: what one record takes in all columns of its table, which are then cut alike.
  ColumnWriter(std::string origin, std::vector<int64_t> shape, uint64_t tableBytes);

  // So many will come, if that is known: too many for the memory are refused at once.
  Status expect(int64_t records) const;
  // [records, width]
  Status append(const T *elements, int64_t records = 1);
  int64_t records() const { return count; }
  // What has come, and all that will.
  Status spill();
  // Once, at the end.
  Result<Column> finish();

private:
  size_t recordBytes() const { return size_t(width) * sizeof(T); }
  size_t blockBytes() const { return size_t(perBlock) * recordBytes(); }
  Status endBlock();

  std::string origin;
  std::vector<int64_t> shape;
  int64_t width = 1, perBlock, count = 0;
  GrowingMemory memory; // all records, or those of the last block
  size_t used = 0;      // bytes of it
  std::shared_ptr<HeldMemory> held = std::make_shared<HeldMemory>();
  std::shared_ptr<SpilledBlocks> spilled;
};

// So many records of a column, those that `next` names, one after another.
Result<Column> chosenRecords(const Column &column, int64_t count, const std::function<int64_t()> &next,
                             uint64_t tableBytes);
// The records in another order: the i-th is that at order[i].
Result<Column> reordered(Column column, const std::vector<size_t> &order, uint64_t tableBytes);
// Those that do not leave.
Result<Column> keptRecords(const Column &column, const std::vector<bool> &leaves, uint64_t tableBytes);

// A column that a reader has made whole: it counts against the limit, or goes to disk where it passes it.
Result<Column> placeRecords(Column column, uint64_t tableBytes);

} // namespace nnrt

#endif
