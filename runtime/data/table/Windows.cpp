#include "runtime/data/table/Windows.h"
#include "runtime/data/ValueStep.h"

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

} // namespace

Result<Table> nnrt::intoWindows(Table rows, const nn_data &data) {
  if (!data.windows.name)
    return rows;
  int64_t length = wholeOf(data.windows, "length", 1), horizon = wholeOf(data.windows, "horizon", 1),
          stride = wholeOf(data.windows, "stride", 1);
  bool hasTargets = false;
  for (uint32_t i = 0; i < data.field_count; ++i)
    hasTargets |= data.fields[i].kind == NN_FIELD_TARGET && rows.columns[i].width > 0;
  const std::string &origin = rows.columns[0].origin;
  int64_t needed = length + (hasTargets ? horizon : 0);
  if (rows.records < needed)
    return dataError("`" + origin + "` has " + std::to_string(rows.records) + " rows, one window needs " +
                     std::to_string(needed));
  Table table;
  table.records = (rows.records - needed) / stride + 1;
  for (uint32_t i = 0; i < data.field_count; ++i) {
    Column &column = rows.columns[i];
    bool isTarget = data.fields[i].kind == NN_FIELD_TARGET;
    if (column.width > 0)
      column = windowsOver(std::move(column), isTarget ? length : 0, isTarget ? horizon : length, stride,
                           table.records);
    table.columns.push_back(std::move(column));
  }
  return table;
}
