#include "runtime/data/table/Windows.h"
#include "runtime/data/ColumnWriter.h"
#include "runtime/data/ValueStep.h"

#include <limits>

using namespace nnrt;

namespace {

int64_t wholeOf(const nn_call &call, const char *name, int64_t otherwise) {
  const nn_value *value = argumentOf(call, name);
  return value ? int64_t(value->number) : otherwise;
}

// Numbers are doubles where one can be missing; of a category it is the place of what is missing, and a class
// that is not known has no value to be told from others.
template <class T> T missingValue() {
  return std::is_same_v<T, double> ? T(std::numeric_limits<double>::quiet_NaN()) : T(missingText);
}

// The rows, and behind them so many that nobody knows yet.
template <class T> Result<Column> continued(const Column &rows, int64_t more) {
  ColumnWriter<T> writer(rows.origin, rows.shape, rows.recordBytes());
  std::vector<T> row(size_t(rows.width));
  for (int64_t i = 0; i < rows.records(); ++i) {
    rows.visit(i, [&](const auto *elements) { std::copy_n(elements, rows.width, row.begin()); });
    NNRT_TRY(writer.append(row.data()));
  }
  std::fill(row.begin(), row.end(), missingValue<T>());
  for (int64_t i = 0; i < more; ++i)
    NNRT_TRY(writer.append(row.data()));
  NNRT_ASSIGN(Column longer, writer.finish());
  longer.dictionary = rows.dictionary;
  return longer;
}

Result<Column> continued(const Column &rows, int64_t more, bool isNumber) {
  return isNumber          ? continued<double>(rows, more)
         : rows.isBytes()  ? continued<uint8_t>(rows, more)
         : rows.isFloats() ? continued<float>(rows, more)
                           : continued<double>(rows, more);
}

// Record i has `count` rows from i * stride + first on.
Column windowsOver(Column column, int64_t first, int64_t count, int64_t stride, int64_t records) {
  Column result{column.origin, column.shape, column.width * count};
  result.shape.insert(result.shape.begin(), count);
  result.dictionary = column.dictionary;
  result.windows = Windows{std::make_shared<const Column>(std::move(column)), first, stride, records};
  return result;
}

} // namespace

int64_t nnrt::windowsReach(const nn_data &data) {
  bool hasTargets = false;
  for (uint32_t i = 0; i < data.field_count; ++i)
    hasTargets |= data.fields[i].kind == NN_FIELD_TARGET;
  if (!data.windows.name || !hasTargets)
    return 0;
  return (wholeOf(data.windows, "horizon", 1) - 1) / wholeOf(data.windows, "stride", 1);
}

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
  // One to forecast from ends with the file, whatever the stride.
  int64_t skipped = isForecast ? (rows.records - needed) % stride : 0;
  for (uint32_t i = 0; i < data.field_count; ++i) {
    Column &column = rows.columns[i];
    bool isTarget = data.fields[i].kind == NN_FIELD_TARGET;
    if (column.width > 0 && isTarget && isForecast) {
      NNRT_ASSIGN(column, continued(column, horizon, data.fields[i].cell == NN_CELL_NUMBER));
    }
    if (column.width > 0)
      column = windowsOver(std::move(column), skipped + (isTarget ? length : 0), isTarget ? horizon : length,
                           stride, table.records);
    table.columns.push_back(std::move(column));
  }
  return table;
}
