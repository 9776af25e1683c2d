// What the raw values of a field stand for, and how people write them.
#ifndef NN_RUNTIME_DATA_REPORT_CELLS_H
#define NN_RUNTIME_DATA_REPORT_CELLS_H

#include "runtime/data/report/FieldValues.h"

namespace nnrt {

enum class Nature { number, date, label, category, character, word };

// A field as the report sees it: what its values are and which elements of a record hold them.
struct Cells {
  Nature nature = Nature::number;
  int64_t span = 1, stride = 1; // of each row of `stride` elements the first `span` are cells
  bool hasFlags = false;        // behind them stands whether each was missing
  bool isTableField = false;
  std::vector<int64_t> shape; // of one record

  // Fails where the program says something that the field cannot have.
  static Result<Cells> of(const nn_data &data, const nn_field &field, const Column &column);
  // The cells of these parts, or what stands behind them.
  FieldValues valuesIn(std::vector<FieldValues::Piece> pieces) const;
  FieldValues flagsIn(std::vector<FieldValues::Piece> pieces) const;

  bool isImage() const;
  bool isMissing(double value) const;
  // One value; empty for a missing one.
  std::string text(const Column &column, double value) const;
  // All of a record, where they are few enough to read, else empty.
  std::string recordText(const Column &column, int64_t record) const;
};

// `number`, `class(10)`, `image [28, 28, 1]`.
std::string typeText(const nn_data &data, const nn_field &field, const Cells &cells);

} // namespace nnrt

#endif
