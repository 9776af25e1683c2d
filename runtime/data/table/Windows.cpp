#include "runtime/data/table/Windows.h"
#include "runtime/data/ColumnWriter.h"
#include "runtime/data/ValueStep.h"

#include <algorithm>
#include <limits>

using namespace nnrt;

namespace {

int64_t wholeOf(const nn_call &call, const char *name, int64_t otherwise) {
  const nn_value *value = argumentOf(call, name);
  return value ? int64_t(value->number) : otherwise;
}

// Record i has `count` rows from i * stride + first on.
Column windowsOver(Column column, int64_t first, int64_t count, int64_t stride, int64_t records) {
  Column result{column.origin, column.shape, column.width * count};
  result.shape.insert(result.shape.begin(), count);
  result.dictionary = column.dictionary;
  result.windows = Windows{std::make_shared<const Column>(std::move(column)), first, stride, records};
  return result;
}

template <class T> Result<Column> extended(const Column &column, int64_t rows, T missing) {
  ColumnWriter<T> writer(column.origin, column.shape, uint64_t(column.width) * sizeof(T));
  std::vector<T> row(size_t(column.width));
  for (int64_t record = 0; record < column.records(); ++record) {
    column.visit(record, [&](const auto *elements) { std::copy_n(elements, column.width, row.begin()); });
    NNRT_TRY(writer.append(row.data()));
  }
  std::fill(row.begin(), row.end(), missing);
  for (int64_t i = 0; i < rows; ++i)
    NNRT_TRY(writer.append(row.data()));
  NNRT_ASSIGN(Column result, writer.finish());
  result.dictionary = column.dictionary;
  return result;
}

// So many rows more, in which all is missing. Numbers are doubles where one can be missing; of a category it
// is the place of what is missing, and a class that is not known has no value to be told from others.
Result<Column> withMissingRows(const Column &column, int64_t rows, bool isNumber) {
  if (isNumber)
    return extended<double>(column, rows, std::numeric_limits<double>::quiet_NaN());
  return column.isBytes()    ? extended<uint8_t>(column, rows, 0)
         : column.isFloats() ? extended<float>(column, rows, float(missingText))
                             : extended<double>(column, rows, 0);
}

} // namespace

Result<Table> nnrt::intoWindows(Table rows, const nn_data &data, bool isForecast) {
  if (!data.windows.name)
    return rows;
  int64_t length = wholeOf(data.windows, "length", 1), horizon = wholeOf(data.windows, "horizon", 1),
          stride = wholeOf(data.windows, "stride", 1);
  bool hasTargets = false;
  for (uint32_t i = 0; i < data.field_count; ++i)
    hasTargets |= data.fields[i].kind == NN_FIELD_TARGET && rows.columns[i].width > 0;
  const std::string &origin = rows.columns[0].origin;
  int64_t needed = length + (hasTargets && !isForecast ? horizon : 0);
  if (rows.records < needed)
    return dataError("`" + origin + "` has " + std::to_string(rows.records) + " rows, one window needs " +
                     std::to_string(needed));
  Table table;
  table.records = (rows.records - needed) / stride + 1;
  for (uint32_t i = 0; i < data.field_count; ++i) {
    Column &column = rows.columns[i];
    bool isTarget = data.fields[i].kind == NN_FIELD_TARGET;
    if (column.width > 0 && isTarget && isForecast) {
      NNRT_ASSIGN(column, withMissingRows(column, horizon, data.fields[i].cell == NN_CELL_NUMBER));
    }
    if (column.width > 0)
      column = windowsOver(std::move(column), isTarget ? length : 0, isTarget ? horizon : length, stride,
                           table.records);
    table.columns.push_back(std::move(column));
  }
  return table;
}
