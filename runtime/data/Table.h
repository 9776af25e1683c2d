// The records of one source, raw: bytes stay bytes, preprocessing happens when a batch is made. They are in
// memory, or on disk where they do not fit (ColumnWriter.h); `visit` and `at` read both.
#ifndef NN_RUNTIME_DATA_TABLE_H
#define NN_RUNTIME_DATA_TABLE_H

#include "runtime/base/GrowingMemory.h"
#include "runtime/data/RecordStore.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace nnrt {

using Bytes = std::vector<uint8_t>;
using Floats = std::vector<float>;
using Doubles = std::vector<double>;

// The different cells of a column of categories. A record has the place of its cell.
struct Dictionary {
  std::vector<std::string> texts; // the one at missingText stands for a missing cell
  std::vector<int64_t> lines;     // of the file, where each comes first
};
constexpr int64_t missingText = 0;

// Elements in memory, shared by who copies it. They are those of a vector, or of memory that a writer has
// filled.
template <class T> class Stored {
public:
  Stored() = default;
  Stored(std::vector<T> values) { // NOLINT: a column is made of a vector
    auto vector = std::make_shared<const std::vector<T>>(std::move(values));
    first = vector->data();
    count = vector->size();
    owner = std::move(vector);
  }
  Stored(GrowingMemory memory, size_t elements) : count(elements) {
    auto pages = std::make_shared<GrowingMemory>(std::move(memory));
    first = reinterpret_cast<const T *>(pages->data());
    owner = std::move(pages);
  }
  const T *data() const { return first; }
  size_t size() const { return count; }
  const T *begin() const { return first; }
  const T *end() const { return first + count; }
  T operator[](size_t index) const { return first[index]; }
  friend bool operator==(const Stored &a, const Stored &b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }
  friend bool operator!=(const Stored &a, const Stored &b) { return !(a == b); }

private:
  std::shared_ptr<const void> owner;
  const T *first = nullptr;
  size_t count = 0;
};

struct Column;

// Records that are stretches of the rows of a longer column: record i begins at row first + i * stride. They
// may overlap, and several columns may be windows over the same rows, which are stored once.
struct Windows {
  std::shared_ptr<const Column> rows;
  int64_t first = 0, stride = 1, records = 0;
};

struct Column {
  std::string origin;         // for messages: a file or a generator
  std::vector<int64_t> shape; // of one record
  int64_t width = 1;          // elements of one record
  // [records, width]
  std::variant<Stored<uint8_t>, Stored<float>, Stored<double>, Spilled<uint8_t>, Spilled<float>,
               Spilled<double>>
      values = {};
  std::shared_ptr<HeldMemory> held = {}; // what this is of the limit
  // The records before steps of whole records, where training changes them first.
  std::shared_ptr<const Column> raw = {};
  std::shared_ptr<const Dictionary> dictionary{}; // of categories
  std::optional<Windows> windows{};               // instead of values

  // One element, counted from the first of all.
  double at(int64_t index) const { return at(index / width, index % width); }
  double at(int64_t record, int64_t element) const {
    int64_t index = beginOf(record) + element;
    return std::visit([&](const auto &data) { return double(data[size_t(index)]); }, rows().values);
  }
  // Calls use(elements) with those of one record, of type const uint8_t *, const float * or const double *,
  // which are there during the call only.
  template <class Use> void visit(int64_t record, const Use &use) const {
    int64_t begin = beginOf(record);
    std::visit([&](const auto &data) { visitIn(data, begin, use); }, rows().values);
  }
  // Calls use(elements, count) with that record and those behind it that are beside it in memory, and gives
  // their number. Not for windows.
  template <class Use> int64_t visitRun(int64_t record, const Use &use) const {
    int64_t count = std::visit([&](const auto &data) { return runFrom(data, record); }, values);
    visit(record, [&](const auto *elements) { use(elements, count); });
    return count;
  }
  int64_t records() const {
    if (windows)
      return windows->records;
    return std::visit([](const auto &data) { return int64_t(data.size()); }, values) / (width ? width : 1);
  }
  bool isBytes() const { return kind() == 0; }
  bool isFloats() const { return kind() == 1; }
  bool isSpilled() const { return rows().values.index() >= 3; }
  // On disk, records are read in blocks of so many.
  int64_t recordsInBlock() const {
    int64_t count = std::visit([](const auto &data) { return blockOf(data); }, rows().values);
    return windows ? std::max<int64_t>(1, count / windows->stride) : count;
  }
  // What so many neighbours take in memory, in whole blocks.
  uint64_t blockBytes(int64_t records) const {
    if (!windows)
      return uint64_t(records) * recordBytes();
    const Column &all = rows();
    int64_t touched = (records - 1) * windows->stride + width / all.width + all.recordsInBlock();
    return uint64_t(touched) * all.recordBytes();
  }
  uint64_t recordBytes() const {
    constexpr uint64_t sizes[] = {1, 4, 8};
    return uint64_t(width) * sizes[kind()];
  }

private:
  const Column &rows() const { return windows ? *windows->rows : *this; }
  size_t kind() const { return rows().values.index() % 3; }
  // The place of a record's first element in the values.
  int64_t beginOf(int64_t record) const {
    return windows ? (windows->first + record * windows->stride) * windows->rows->width : record * width;
  }
  template <class T> static int64_t blockOf(const Stored<T> &) { return 1; }
  template <class T> static int64_t blockOf(const Spilled<T> &data) { return data.recordsInBlock(); }
  template <class T> int64_t runFrom(const Stored<T> &, int64_t record) const { return records() - record; }
  template <class T> int64_t runFrom(const Spilled<T> &data, int64_t record) const {
    return std::min(data.recordsInBlock() - record % data.recordsInBlock(), records() - record);
  }
  template <class T, class Use> void visitIn(const Stored<T> &data, int64_t begin, const Use &use) const {
    use(data.data() + begin);
  }
  template <class T, class Use> void visitIn(const Spilled<T> &data, int64_t begin, const Use &use) const {
    data.visit(begin, width, use);
  }
};

struct Table {
  int64_t records = 0;
  std::vector<Column> columns; // one per field, in text order
};

} // namespace nnrt

#endif
