#include "runtime/data/table/Windows.h"
#include "runtime/base/Checked.h"
#include "runtime/data/ValueStep.h"

#include <algorithm>
#include <stdexcept>

using namespace nnrt;

namespace {

int64_t wholeOf(const nn_call &call, const char *name, int64_t otherwise) {
  const nn_value *value = argumentOf(call, name);
  return value ? int64_t(value->number) : otherwise;
}

// Record i has the `count` rows from i * stride + first.
template <class T>
std::vector<T> gather(const std::vector<T> &rows, int64_t width, int64_t records, int64_t first,
                      int64_t count, int64_t stride) {
  std::vector<T> windows;
  windows.reserve(size_t(records * count * width));
  for (int64_t record = 0; record < records; ++record) {
    auto from = rows.begin() + (record * stride + first) * width;
    windows.insert(windows.end(), from, from + count * width);
  }
  return windows;
}

template <class T>
Spilled<T> gather(const Spilled<T> &, int64_t, int64_t, int64_t, int64_t, int64_t) {
  throw std::logic_error("rows of a table are on disk");
}

} // namespace

Result<Table> nnrt::intoWindows(Table rows, const nn_data &data) {
  if (!data.windows.name)
    return rows;
  int64_t length = wholeOf(data.windows, "length", 1), horizon = wholeOf(data.windows, "horizon", 1),
          stride = wholeOf(data.windows, "stride", 1);
  bool hasTargets = false;
  Checked bytes(0);
  for (uint32_t i = 0; i < data.field_count; ++i) {
    bool isTarget = data.fields[i].kind == NN_FIELD_TARGET && rows.columns[i].width > 0;
    hasTargets |= isTarget;
    uint64_t count = uint64_t(isTarget ? horizon : length) * uint64_t(rows.columns[i].width);
    bytes = bytes + Checked(uint64_t(rows.records)) * count * sizeof(double);
  }
  const std::string &origin = rows.columns[0].origin;
  int64_t needed = length + (hasTargets ? horizon : 0);
  if (rows.records < needed)
    return dataError("`" + origin + "` has " + std::to_string(rows.records) + " rows, one window needs " +
                     std::to_string(needed));
  if (!bytes.atMost(memoryLimit()))
    return dataError("`" + origin + "`: windows of " + std::to_string(length) + " rows over " +
                     std::to_string(rows.records) + " rows are more than this machine's memory holds");
  Table table;
  table.records = (rows.records - needed) / stride + 1;
  for (uint32_t i = 0; i < data.field_count; ++i) {
    Column &column = rows.columns[i];
    bool isTarget = data.fields[i].kind == NN_FIELD_TARGET;
    int64_t first = isTarget ? length : 0, count = isTarget ? horizon : length;
    if (column.width > 0) {
      std::visit(
          [&](auto &values) { values = gather(values, column.width, table.records, first, count, stride); },
          column.values);
      column.shape.insert(column.shape.begin(), count);
      column.width *= count;
    }
    table.columns.push_back(std::move(column));
  }
  return table;
}
