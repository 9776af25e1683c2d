// Memory is asked for a block at a time; when it is refused, all blocks so far go to disk, and then each as
// it is full.
#include "runtime/data/ColumnWriter.h"

#include <algorithm>
#include <cstring>

using namespace nnrt;

template <class T>
ColumnWriter<T>::ColumnWriter(std::string origin, std::vector<int64_t> shape, uint64_t tableBytes)
    : origin(std::move(origin)), shape(std::move(shape)) {
  for (int64_t size : this->shape)
    width *= size;
  perBlock = recordsPerBlock(tableBytes);
}

template <class T> Status ColumnWriter<T>::expect(int64_t records) const {
  return checkRoomForRecords(uint64_t(records) * recordBytes());
}

template <class T> Status ColumnWriter<T>::append(const T *elements, int64_t records) {
  const uint8_t *from = reinterpret_cast<const uint8_t *>(elements);
  count += records;
  while (records > 0) {
    int64_t inBlock = int64_t(used % blockBytes() / recordBytes());
    int64_t piece = std::min(records, perBlock - inBlock);
    size_t bytes = size_t(piece) * recordBytes();
    NNRT_TRY(memory.reach(used + bytes));
    memcpy(memory.data() + used, from, bytes);
    used += bytes;
    from += bytes;
    records -= piece;
    if (inBlock + piece == perBlock)
      NNRT_TRY(endBlock());
  }
  return Done{};
}

template <class T> Status ColumnWriter<T>::endBlock() {
  if (!spilled && held->take(blockBytes()))
    return Done{};
  NNRT_TRY(checkRoomForRecords(blockBytes()));
  return spill();
}

// The last block is perhaps not full.
template <class T> Status ColumnWriter<T>::spill() {
  if (!spilled) {
    NNRT_ASSIGN(std::shared_ptr<SpillFile> file, spillFile());
    spilled = std::make_shared<SpilledBlocks>(std::move(file), blockBytes());
    held = std::make_shared<HeldMemory>();
  }
  for (size_t at = 0; at < used; at += blockBytes())
    NNRT_TRY(spilled->append(memory.data() + at, std::min(blockBytes(), used - at)));
  used = 0;
  memory.shrink(blockBytes());
  return Done{};
}

template <class T> Result<Column> ColumnWriter<T>::finish() {
  if (spilled || !held->take(used % blockBytes())) {
    NNRT_TRY(checkRoomForRecords(used % blockBytes()));
    NNRT_TRY(spill());
  }
  Column column{std::move(origin), std::move(shape), width};
  if (spilled) {
    column.values = Spilled<T>(spilled, count, width, perBlock);
    return column;
  }
  column.held = std::move(held);
  memory.shrink(used);
  column.values = Stored<T>(std::move(memory), size_t(count * width));
  return column;
}

template class nnrt::ColumnWriter<uint8_t>;
template class nnrt::ColumnWriter<float>;
template class nnrt::ColumnWriter<double>;

namespace {

template <class T>
Result<Column> spillAll(const Column &column, const Stored<T> &values, uint64_t tableBytes) {
  ColumnWriter<T> writer(column.origin, column.shape, tableBytes);
  NNRT_TRY(writer.spill());
  NNRT_TRY(writer.append(values.data(), column.records()));
  return writer.finish();
}

template <class T>
Result<Column> chosenAs(const Column &column, int64_t count, const std::function<int64_t()> &next,
                        uint64_t tableBytes) {
  ColumnWriter<T> writer(column.origin, column.shape, tableBytes);
  Status written = Done{};
  for (; written && count > 0; --count)
    column.visit(next(), [&](const auto *elements) {
      written = writer.append(reinterpret_cast<const T *>(elements)); // of this type already
    });
  NNRT_TRY(written);
  NNRT_ASSIGN(Column chosen, writer.finish());
  chosen.dictionary = column.dictionary;
  return chosen;
}

} // namespace

Result<Column> nnrt::chosenRecords(const Column &column, int64_t count, const std::function<int64_t()> &next,
                                   uint64_t tableBytes) {
  return (column.isBytes()    ? chosenAs<uint8_t>
          : column.isFloats() ? chosenAs<float>
                              : chosenAs<double>)(column, count, next, tableBytes);
}

Result<Column> nnrt::reordered(Column column, const std::vector<size_t> &order, uint64_t tableBytes) {
  if (std::is_sorted(order.begin(), order.end()))
    return column;
  auto next = [place = order.begin()]() mutable { return int64_t(*place++); };
  return chosenRecords(column, int64_t(order.size()), next, tableBytes);
}

Result<Column> nnrt::keptRecords(const Column &column, const std::vector<bool> &leaves, uint64_t tableBytes) {
  auto next = [&leaves, record = int64_t(-1)]() mutable {
    while (leaves[size_t(++record)])
      ;
    return record;
  };
  return chosenRecords(column, std::count(leaves.begin(), leaves.end(), false), next, tableBytes);
}

Result<Column> nnrt::placeRecords(Column column, uint64_t tableBytes) {
  if (column.held || column.isSpilled() || column.windows || column.width == 0)
    return column;
  uint64_t bytes = uint64_t(column.records()) * column.recordBytes();
  column.held = std::make_shared<HeldMemory>();
  if (column.held->take(bytes))
    return column;
  NNRT_TRY(checkRoomForRecords(bytes));
  Result<Column> spilled = Column();
  if (auto *numbers = std::get_if<Stored<uint8_t>>(&column.values))
    spilled = spillAll(column, *numbers, tableBytes);
  else if (auto *numbers = std::get_if<Stored<float>>(&column.values))
    spilled = spillAll(column, *numbers, tableBytes);
  else
    spilled = spillAll(column, std::get<Stored<double>>(column.values), tableBytes);
  NNRT_TRY(spilled);
  column.values = std::move(spilled->values);
  return column;
}
