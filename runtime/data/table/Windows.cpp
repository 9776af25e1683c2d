#include "runtime/data/table/Windows.h"
#include "runtime/data/ColumnWriter.h"
#include "runtime/data/ValueStep.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

using namespace nnrt;

namespace {

int64_t wholeOf(const nn_call &call, const char *name, int64_t otherwise) {
  const nn_value *value = argumentOf(call, name);
  return value ? int64_t(value->number) : otherwise;
}

struct Rows {
  int64_t first, count, stride, records; // record i has `count` rows from i * stride + first
};

// Numbers are doubles where one can be missing; of a category it is the place of what is missing, and a class
// that is not known has no value to be told from others.
template <class T> T missingValue() {
  return std::is_same_v<T, double> ? T(std::numeric_limits<double>::quiet_NaN()) : T(missingText);
}

template <class T> Result<Column> gather(const Column &rows, const Rows &which, uint64_t tableBytes) {
  std::vector<int64_t> shape = rows.shape;
  shape.insert(shape.begin(), which.count);
  ColumnWriter<T> writer(rows.origin, shape, tableBytes);
  std::vector<T> window(size_t(which.count * rows.width));
  for (int64_t record = 0; record < which.records; ++record) {
    for (int64_t i = 0; i < which.count; ++i)
      if (int64_t row = record * which.stride + which.first + i; row < rows.records())
        rows.visit(row, [&](const auto *elements) {
          std::copy_n(elements, rows.width, window.begin() + i * rows.width);
        });
      else
        std::fill_n(window.begin() + i * rows.width, rows.width, missingValue<T>());
    NNRT_TRY(writer.append(window.data()));
  }
  NNRT_ASSIGN(Column windows, writer.finish());
  windows.dictionary = rows.dictionary;
  return windows;
}

template <class T> Spilled<T> gather(const Spilled<T> &, int64_t, int64_t, int64_t, int64_t, int64_t) {
  throw std::logic_error("rows of a table are on disk");
}

} // namespace

Result<Table> nnrt::intoWindows(Table rows, const nn_data &data, bool isForecast) {
  if (!data.windows.name)
    return rows;
  int64_t length = wholeOf(data.windows, "length", 1), horizon = wholeOf(data.windows, "horizon", 1),
          stride = wholeOf(data.windows, "stride", 1);
  bool hasTargets = false;
  uint64_t tableBytes = 0;
  for (uint32_t i = 0; i < data.field_count; ++i) {
    bool isTarget = data.fields[i].kind == NN_FIELD_TARGET;
    hasTargets |= isTarget && rows.columns[i].width > 0;
    tableBytes += uint64_t(isTarget ? horizon : length) * rows.columns[i].recordBytes();
  }
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
    Rows which{isTarget ? length : 0, isTarget ? horizon : length, stride, table.records};
    if (column.width > 0) {
      bool isNumber = isForecast && isTarget && data.fields[i].cell == NN_CELL_NUMBER;
      NNRT_ASSIGN(column, isNumber                         ? gather<double>(column, which, tableBytes)
                          : column.isBytes()               ? gather<uint8_t>(column, which, tableBytes)
                          : column.values.index() % 3 == 1 ? gather<float>(column, which, tableBytes)
                                                           : gather<double>(column, which, tableBytes));
    }
    table.columns.push_back(std::move(column));
  }
  return table;
}
