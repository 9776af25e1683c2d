#include "runtime/data/BadRecords.h"
#include "runtime/base/Text.h"
#include "runtime/data/ColumnWriter.h"
#include "runtime/data/LabelText.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;

namespace {

// Labels that preprocessing makes are none in the file.
bool isLabel(const nn_field &field, const Column &column) {
  return field.classes > 0 && field.step_count == 0 && !column.dictionary;
}

// Bytes are finite.
bool needsCheck(const nn_field &field, const Column &column) {
  return isLabel(field, column) || (field.classes == 0 && !column.isBytes());
}

// As of the cells of a table, whatever steps follow.
bool isHeld(const nn_field &field, double value) {
  return std::isfinite(field.input.dtype == NN_F32 ? double(float(value)) : value);
}

// The place of a value that the field does not take, or -1.
template <class T> int64_t badValue(const nn_field &field, bool isLabel, const T *values, int64_t width) {
  for (int64_t i = 0; i < width; ++i)
    if (isLabel ? !isClass(double(values[i]), field.classes) : !isHeld(field, double(values[i])))
      return i;
  return -1;
}

Error mistake(const Column &column, const nn_field &field, int64_t record, int64_t place) {
  std::string where = "`" + column.origin + "`: record " + std::to_string(record + 1);
  if (column.width > 1)
    where += ", value " + std::to_string(place + 1);
  std::string value = shortest(column.at(record, place));
  if (field.classes > 0)
    return dataError(where + ": label " + value + " is not in class(" + std::to_string(field.classes) +
                     ") of field `" + field.name + "`");
  if (std::isfinite(column.at(record, place)))
    return dataError(where + ": field `" + field.name + "`: " + value + " is more than `f32` holds");
  return dataError(where + ": " + value + " is not a finite number, which field `" + field.name +
                   "` asks for");
}

// What is wrong with a record, if anything.
std::optional<Error> mistakeIn(const Table &table, const nn_data &data, int64_t record) {
  for (uint32_t i = 0; i < data.field_count; ++i) {
    const Column &column = table.columns[i];
    if (!needsCheck(data.fields[i], column))
      continue;
    int64_t place = -1;
    column.visit(record, [&](const auto *values) {
      place = badValue(data.fields[i], isLabel(data.fields[i], column), values, column.width);
    });
    if (place >= 0)
      return mistake(column, data.fields[i], record, place);
  }
  return std::nullopt;
}

} // namespace

Status nnrt::leaveOutBadRecords(Table &table, const nn_data &data, SkipBad &bad) {
  std::vector<bool> leaves(size_t(table.records));
  uint64_t tableBytes = 0;
  bool anyCheck = false;
  for (uint32_t i = 0; i < data.field_count; ++i) {
    tableBytes += table.columns[i].recordBytes();
    anyCheck |= needsCheck(data.fields[i], table.columns[i]);
  }
  for (int64_t record = 0; anyCheck && record < table.records; ++record)
    if (std::optional<Error> error = mistakeIn(table, data, record)) {
      NNRT_TRY(bad.skip(*error));
      leaves[size_t(record)] = true;
    }
  int64_t count = std::count(leaves.begin(), leaves.end(), true);
  if (count == 0)
    return Done{};
  for (Column &column : table.columns) {
    NNRT_ASSIGN(column, keptRecords(column, leaves, tableBytes));
  }
  table.records -= count;
  return Done{};
}
