// Fills the batch inputs of a compiled program from records: raw values through the preprocessing, rounded
// once.
#ifndef NN_RUNTIME_DATA_BATCH_H
#define NN_RUNTIME_DATA_BATCH_H

#include "runtime/data/Preprocess.h"
#include "runtime/data/RecordOrder.h"
#include "runtime/data/table/CellFiller.h"

namespace nnrt {

class FieldFiller {
public:
  // The column and the preprocessing must outlive the filler.
  // With a seed, what augments the field does.
  FieldFiller(const nn_field &field, const Column &column, const Preprocess &preprocess,
              std::optional<uint64_t> augmentSeed = std::nullopt);
  // `out`: where the first of these rows begins. Any thread may.
  void fill(uint8_t *out, const BatchRow *rows, int64_t count) const;

private:
  template <class T> void makeTable();
  template <class T> void fillAs(T *out, const BatchRow *rows, int64_t count) const;
  template <class T, class Raw> void fillRow(T *out, const Raw *raw) const;
  template <class T> void fillSound(T *out, const BatchRow &row) const;

  const nn_tensor &input;
  const Column &column;
  const Preprocess &preprocess;
  std::optional<uint64_t> augmentSeed;
  bool isLabel;
  // For bytes: the finished value of each byte, [channels, 256], as the program's float type.
  Floats floatTable;
  Doubles doubleTable;
};

// A field that is made of columns of a table: one of them, or `features`, all that are numbers beside one
// another.
class TableFiller {
public:
  TableFiller(const nn_data &data, size_t field, const Table &table, const Preprocess *preprocessing);
  void fill(uint8_t *out, const BatchRow *rows, int64_t count) const;

private:
  template <class T> void fillAs(T *out, const BatchRow *rows, int64_t count) const;
  const nn_tensor &input;
  std::vector<CellFiller> parts;
  int64_t rowWidth = 0;
};

// The inputs of one data set.
class BatchFiller {
public:
  // A Preprocess a field.
  BatchFiller(const nn_data &data, const Table &table, const Preprocess *preprocessing,
              std::optional<uint64_t> augmentSeed = std::nullopt);

  // Values to make for a row.
  int64_t rowElements() const { return elements; }
  // Rows [first, first + count) of the batch, straight into the arena. Any thread may.
  void fill(uint8_t *arena, const BatchRow *batch, int64_t first, int64_t count) const;
  // The same into memory with room for `capacity` rows, and from there into the arena.
  uint64_t stagedBytes(int64_t capacity) const;
  void stage(uint8_t *memory, int64_t capacity, const BatchRow *batch, int64_t first, int64_t count) const;
  void unstage(uint8_t *arena, const uint8_t *memory, int64_t capacity, int64_t rows) const;

private:
  // An input that some entry reads.
  struct Input {
    const nn_tensor &tensor;
    uint64_t rowBytes;
    std::variant<std::monostate, FieldFiller, TableFiller> filler; // none: the records' numbers
    uint64_t room(int64_t capacity) const { return (uint64_t(capacity) * rowBytes + 63) / 64 * 64; }
  };
  static void fillInput(const Input &input, uint8_t *out, const BatchRow *rows, int64_t count);

  std::vector<Input> inputs;
  int64_t elements = 0;
};

} // namespace nnrt

#endif
