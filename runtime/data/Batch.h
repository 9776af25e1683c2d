// Fills the batch inputs of a compiled program from records: raw values through the preprocessing, rounded
// once.
#ifndef NN_RUNTIME_DATA_BATCH_H
#define NN_RUNTIME_DATA_BATCH_H

#include "runtime/data/Preprocess.h"
#include "runtime/data/table/CellFiller.h"

namespace nnrt {

class FieldFiller {
public:
  // The column and the preprocessing must outlive the filler.
  FieldFiller(const nn_field &field, const Column &column, const Preprocess &preprocess);
  void fill(uint8_t *arena, const int64_t *records, int64_t rows) const;

private:
  template <class T> void makeTable();
  template <class T> void fillAs(T *out, const int64_t *records, int64_t rows) const;

  const nn_tensor &input;
  const Column &column;
  const Preprocess &preprocess;
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
  void fill(uint8_t *arena, const int64_t *records, int64_t rows) const;

private:
  template <class T> void fillAs(T *out, const int64_t *records, int64_t rows) const;
  const nn_tensor &input;
  std::vector<CellFiller> parts;
  int64_t rowWidth = 0;
};

class BatchFiller {
public:
  // A Preprocess a field.
  BatchFiller(const nn_data &data, const Table &table, const Preprocess *preprocessing);
  // The records' rows, and their ids.
  void fill(uint8_t *arena, const int64_t *records, int64_t rows) const;

private:
  const nn_data &data;
  std::vector<FieldFiller> fields;
  std::vector<TableFiller> tableFields;
};

} // namespace nnrt

#endif
