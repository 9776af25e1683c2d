// Fills the batch inputs of a compiled program from records: raw values through the preprocessing, rounded
// once.
#ifndef NN_RUNTIME_DATA_BATCH_H
#define NN_RUNTIME_DATA_BATCH_H

#include "runtime/data/Preprocess.h"
#include "runtime/data/RecordOrder.h"
#include "runtime/data/augment/SetAugment.h"
#include "runtime/data/table/CellFiller.h"

#include <variant>

namespace nnrt {

// The class of a raw value of a `field`.
class LabelOf {
public:
  LabelOf(const Column &column, const Preprocess &preprocess);
  double operator()(double raw) const {
    return classes.empty() ? preprocess.apply(raw, 0) : double(classes[size_t(raw)]);
  }

private:
  const Preprocess &preprocess;
  std::vector<int64_t> classes; // of the texts of the column's dictionary
};

class FieldFiller {
public:
  // The column and the preprocessing must outlive the filler.
  FieldFiller(const nn_field &field, const Column &column, const Preprocess &preprocess);
  // The rows of a training are changed by what their data set asks for, which must outlive the filler.
  void augmentBy(const SetAugment &all, size_t field) {
    set = &all;
    place = field;
    isAugmented = all.field(field) != nullptr;
  }
  // `out`: where the first of these rows begins. Any thread may.
  void fill(uint8_t *out, const RowsToFill &rows) const;

private:
  template <class T> void makeTable();
  template <class T> void fillAs(T *out, const RowsToFill &rows) const;
  template <class T, class Raw> void fillRow(T *out, const Raw *raw) const;
  template <class T, class Raw> void fillAugmented(T *out, const RowsToFill &rows, int64_t row) const;
  template <class T> void fillSound(T *out, const BatchRow &row) const;

  const nn_tensor &input;
  const Column &column;
  const Preprocess &preprocess;
  const SetAugment *set = nullptr;
  size_t place = 0; // of the field in its data set
  bool isAugmented = false;
  bool isLabel;
  LabelOf labelOf;
  // For bytes: the finished value of each byte, [channels, 256], as the program's float type.
  Floats floatTable;
  Doubles doubleTable;
};

// A field that is made of columns of a table: one of them, or `features`, all that are numbers beside one
// another.
class TableFiller {
public:
  TableFiller(const nn_data &data, size_t field, const Table &table, const Preprocess *preprocessing);
  void augmentBy(const SetAugment &all);
  void fill(uint8_t *out, const RowsToFill &rows) const;

private:
  struct Part {
    CellFiller cells;
    size_t field;
    const WindowAugment *augment = nullptr;
  };
  template <class T> void fillAs(T *out, const RowsToFill &rows) const;
  void fillPart(const Part &part, const BatchRow &row, double *out) const;
  const nn_tensor &input;
  std::vector<Part> parts;
  int64_t rowWidth = 0;
  const SetAugment *set = nullptr;
};

// The probabilities of a class: 1 at the label, shared with another row's where records are mixed.
class SoftFiller {
public:
  SoftFiller(const nn_data &data, size_t field, const Table &table, const Preprocess *preprocessing);
  void augmentBy(const SetAugment &all) { set = &all; }
  void fill(uint8_t *out, const RowsToFill &rows) const;

private:
  template <class T> void fillAs(T *out, const RowsToFill &rows) const;
  int64_t labelOf(int64_t record, int64_t i) const;
  const nn_tensor &input;
  const Column &labels;
  LabelOf plain;
  std::optional<CellFiller> cell; // of a table
  int64_t perRecord;              // labels
  const SetAugment *set = nullptr;
};

// The inputs of one data set.
class BatchFiller {
public:
  // A Preprocess a field.
  BatchFiller(const nn_data &data, const Table &table, const Preprocess *preprocessing);
  // For the batches of a training.
  Status augment(uint64_t seed);

  // Values to make for a row.
  int64_t rowElements() const { return elements; }
  // These rows of the batch, straight into the arena. Any thread may.
  void fill(uint8_t *arena, const RowsToFill &rows) const;
  // The same into memory with room for `capacity` rows, and from there into the arena.
  uint64_t stagedBytes(int64_t capacity) const;
  void stage(uint8_t *memory, int64_t capacity, const RowsToFill &rows) const;
  void unstage(uint8_t *arena, const uint8_t *memory, int64_t capacity, int64_t rows) const;

private:
  // An input that some entry reads.
  struct Input {
    const nn_tensor &tensor;
    uint64_t rowBytes;
    size_t field;
    std::variant<std::monostate, FieldFiller, TableFiller, SoftFiller> filler; // none: the records' numbers
    uint64_t room(int64_t capacity) const { return (uint64_t(capacity) * rowBytes + 63) / 64 * 64; }
  };
  static void fillInput(const Input &input, uint8_t *out, const RowsToFill &rows);

  const nn_data &data;
  std::vector<Input> inputs;
  std::unique_ptr<SetAugment> changes;
  int64_t elements = 0;
};

} // namespace nnrt

#endif
