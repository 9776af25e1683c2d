// How the cells of a table's column become values: how many numbers a row keeps of it, and how many values
// are made of these when a batch is filled.
#ifndef NN_RUNTIME_DATA_TABLE_CELLFORM_H
#define NN_RUNTIME_DATA_TABLE_CELLFORM_H

#include "runtime/data/Date.h"
#include "runtime/data/table/Categories.h"

namespace nnrt {

struct CellForm {
  uint32_t cell = NN_CELL_NUMBER; // nn_cell
  int64_t span = 1;
  bool isLabel = false; // the value is a class
  bool indicates = false;
  // Whether a cell was missing is kept beside its value, which is another's by now.
  bool keepsFlags = false;
  std::vector<CalendarCycle> cycles{};
  std::optional<Categories> categories{};
  int64_t classes = 0;

  static Result<CellForm> of(const nn_field &field);
  int64_t rawWidth() const { return keepsFlags ? 2 * span : span; }
  int64_t finishedWidth() const;
};

// Fields that are filled from columns of a table.
inline bool isTableField(const nn_field &field) {
  return field.kind == NN_FIELD_COLUMN || field.kind == NN_FIELD_TARGET;
}
// Whether the field's values are part of `features`.
inline bool isFeature(const nn_field &field) { return field.kind == NN_FIELD_COLUMN && field.classes == 0; }

} // namespace nnrt

#endif
