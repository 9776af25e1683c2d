// Bytes go through a table, which gives the same value as the computation because it is the computation.
#include "runtime/data/Batch.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

using namespace nnrt;

template <class T> void FieldFiller::makeTable() {
  std::vector<T> table(size_t(preprocess.channels()) * 256);
  for (int64_t channel = 0; channel < preprocess.channels(); ++channel)
    for (int value = 0; value < 256; ++value)
      table[size_t(channel * 256 + value)] = T(preprocess.apply(value, channel));
  if constexpr (std::is_same_v<T, float>)
    floatTable = std::move(table);
  else
    doubleTable = std::move(table);
}

FieldFiller::FieldFiller(const nn_field &field, const Column &column, const Preprocess &preprocess)
    : input(field.input), column(column), preprocess(preprocess),
      isLabel(field.input.dtype == NN_I32 || field.input.dtype == NN_I64) {
  if (std::holds_alternative<Bytes>(column.values) && !isLabel)
    input.dtype == NN_F32 ? makeTable<float>() : makeTable<double>();
}

template <class T> void FieldFiller::fillAs(T *out, const int64_t *records, int64_t rows) const {
  int64_t width = column.width, channels = preprocess.channels();
  const T *table = nullptr;
  if constexpr (std::is_same_v<T, float>)
    table = floatTable.data();
  else if constexpr (std::is_same_v<T, double>)
    table = doubleTable.data();
  for (int64_t row = 0; row < rows; ++row, out += width) {
    int64_t first = records[row] * width;
    if (isLabel) {
      for (int64_t i = 0; i < width; ++i)
        out[i] = T(preprocess.apply(column.at(first + i), 0));
    } else if (auto *bytes = std::get_if<Bytes>(&column.values)) {
      const uint8_t *raw = bytes->data() + first;
      if (channels == 1)
        for (int64_t i = 0; i < width; ++i)
          out[i] = table[raw[i]];
      else
        for (int64_t i = 0, channel = 0; i < width; ++i, channel = channel + 1 == channels ? 0 : channel + 1)
          out[i] = table[channel * 256 + raw[i]];
    } else {
      for (int64_t i = 0; i < width; ++i)
        out[i] = T(preprocess.apply(column.at(first + i), i % channels));
    }
  }
}

void FieldFiller::fill(uint8_t *arena, const int64_t *records, int64_t rows) const {
  if (!input.bytes) // no entry reads this field
    return;
  uint8_t *out = arena + input.offset;
  switch (input.dtype) {
  case NN_F32:
    return fillAs(reinterpret_cast<float *>(out), records, rows);
  case NN_F64:
    return fillAs(reinterpret_cast<double *>(out), records, rows);
  case NN_I32:
    return fillAs(reinterpret_cast<int32_t *>(out), records, rows);
  default:
    return fillAs(reinterpret_cast<int64_t *>(out), records, rows);
  }
}

TableFiller::TableFiller(const nn_data &data, size_t field, const Table &table,
                         const Preprocess *preprocessing)
    : input(data.fields[field].input) {
  bool isFeatures = data.fields[field].kind == NN_FIELD_FEATURES;
  for (size_t i = 0; i < data.field_count; ++i)
    // A file to predict for has no targets.
    if ((isFeatures ? isFeature(data.fields[i]) : i == field) && table.columns[i].width > 0) {
      parts.emplace_back(table.columns[i], preprocessing[i]);
      rowWidth += parts.back().width();
    }
}

template <class T> void TableFiller::fillAs(T *out, const int64_t *records, int64_t rows) const {
  std::vector<double> row(static_cast<size_t>(rowWidth));
  for (int64_t record = 0; record < rows; ++record)
    for (int64_t time = 0; time < parts[0].rows(); ++time) {
      double *to = row.data();
      for (const CellFiller &part : parts) {
        part.finish(records[record], time, to);
        to += part.width();
      }
      out = std::transform(row.begin(), row.end(), out, [](double value) { return T(value); });
    }
}

void TableFiller::fill(uint8_t *arena, const int64_t *records, int64_t rows) const {
  if (!input.bytes || parts.empty())
    return;
  uint8_t *out = arena + input.offset;
  switch (input.dtype) {
  case NN_F32:
    return fillAs(reinterpret_cast<float *>(out), records, rows);
  case NN_F64:
    return fillAs(reinterpret_cast<double *>(out), records, rows);
  case NN_I32:
    return fillAs(reinterpret_cast<int32_t *>(out), records, rows);
  default:
    return fillAs(reinterpret_cast<int64_t *>(out), records, rows);
  }
}

BatchFiller::BatchFiller(const nn_data &data, const Table &table, const Preprocess *preprocessing)
    : data(data) {
  for (uint32_t i = 0; i < data.field_count; ++i)
    if (isTableField(data.fields[i]) || data.fields[i].kind == NN_FIELD_FEATURES)
      tableFields.emplace_back(data, i, table, preprocessing);
    else if (data.fields[i].kind == NN_FIELD_PLAIN)
      fields.emplace_back(data.fields[i], table.columns[i], preprocessing[i]);
}

void BatchFiller::fill(uint8_t *arena, const int64_t *records, int64_t rows) const {
  for (const FieldFiller &field : fields)
    field.fill(arena, records, rows);
  for (const TableFiller &field : tableFields)
    field.fill(arena, records, rows);
  if (data.ids.bytes)
    memcpy(arena + data.ids.offset, records, size_t(rows) * sizeof(int64_t));
}
