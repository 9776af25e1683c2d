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

FieldFiller::FieldFiller(const nn_field &field, const Column &column, const Preprocess &preprocess,
                         std::optional<uint64_t> augmentSeed)
    : input(field.input), column(column), preprocess(preprocess), augmentSeed(augmentSeed),
      isLabel(field.input.dtype == NN_I32 || field.input.dtype == NN_I64) {
  if (column.isBytes() && !isLabel)
    input.dtype == NN_F32 ? makeTable<float>() : makeTable<double>();
}

template <class T, class Raw> void FieldFiller::fillRow(T *out, const Raw *raw) const {
  int64_t width = column.width, channels = preprocess.channels();
  if (isLabel) {
    for (int64_t i = 0; i < width; ++i)
      out[i] = T(preprocess.apply(double(raw[i]), 0));
  } else if constexpr (std::is_same_v<Raw, uint8_t> && std::is_floating_point_v<T>) {
    const T *table = nullptr;
    if constexpr (std::is_same_v<T, float>)
      table = floatTable.data();
    else
      table = doubleTable.data();
    if (channels == 1)
      for (int64_t i = 0; i < width; ++i)
        out[i] = table[raw[i]];
    else
      for (int64_t i = 0, channel = 0; i < width; ++i, channel = channel + 1 == channels ? 0 : channel + 1)
        out[i] = table[channel * 256 + raw[i]];
  } else {
    for (int64_t i = 0; i < width; ++i)
      out[i] = T(preprocess.apply(double(raw[i]), i % channels));
  }
}

// From the waveform, which training changes, to finished values.
template <class T> void FieldFiller::fillSound(T *out, const BatchRow &row) const {
  const Column &waveforms = column.raw ? *column.raw : column;
  KeyedRandom key{*augmentSeed, 0, row.round, uint64_t(row.record)};
  Doubles values;
  waveforms.visit(row.record, [&](const auto *raw) { values.assign(raw, raw + waveforms.width); });
  values = preprocess.sound()->change(std::move(values), key);
  for (int64_t i = 0; i < column.width; ++i)
    values[size_t(i)] = preprocess.apply(values[size_t(i)], i % preprocess.channels());
  preprocess.sound()->mask(values, key);
  std::transform(values.begin(), values.end(), out, [](double value) { return T(value); });
}

template <class T> void FieldFiller::fillAs(T *out, const BatchRow *rows, int64_t count) const {
  if (augmentSeed && preprocess.sound()) {
    for (int64_t row = 0; row < count; ++row, out += column.width)
      fillSound(out, rows[row]);
    return;
  }
  for (int64_t row = 0; row < count; ++row, out += column.width)
    column.visit(rows[row].record, [&](const auto *raw) { fillRow(out, raw); });
}

void FieldFiller::fill(uint8_t *out, const BatchRow *rows, int64_t count) const {
  switch (input.dtype) {
  case NN_F32:
    return fillAs(reinterpret_cast<float *>(out), rows, count);
  case NN_F64:
    return fillAs(reinterpret_cast<double *>(out), rows, count);
  case NN_I32:
    return fillAs(reinterpret_cast<int32_t *>(out), rows, count);
  default:
    return fillAs(reinterpret_cast<int64_t *>(out), rows, count);
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

template <class T> void TableFiller::fillAs(T *out, const BatchRow *rows, int64_t count) const {
  std::vector<double> row(static_cast<size_t>(rowWidth));
  for (const BatchRow *batchRow = rows; batchRow != rows + count; ++batchRow)
    for (int64_t time = 0; time < parts[0].rows(); ++time) {
      double *to = row.data();
      for (const CellFiller &part : parts) {
        part.finish(batchRow->record, time, to);
        to += part.width();
      }
      out = std::transform(row.begin(), row.end(), out, [](double value) { return T(value); });
    }
}

void TableFiller::fill(uint8_t *out, const BatchRow *rows, int64_t count) const {
  if (parts.empty())
    return;
  switch (input.dtype) {
  case NN_F32:
    return fillAs(reinterpret_cast<float *>(out), rows, count);
  case NN_F64:
    return fillAs(reinterpret_cast<double *>(out), rows, count);
  case NN_I32:
    return fillAs(reinterpret_cast<int32_t *>(out), rows, count);
  default:
    return fillAs(reinterpret_cast<int64_t *>(out), rows, count);
  }
}

BatchFiller::BatchFiller(const nn_data &data, const Table &table, const Preprocess *preprocessing,
                         std::optional<uint64_t> augmentSeed) {
  for (uint32_t i = 0; i < data.field_count; ++i) {
    const nn_tensor &tensor = data.fields[i].input;
    if (!tensor.bytes) // no entry reads this field
      continue;
    size_t size = tensor.dtype == NN_F32 || tensor.dtype == NN_I32 ? 4 : 8;
    int64_t width = elementCount(recordShape(data.fields[i]));
    elements += width;
    if (isTableField(data.fields[i]) || data.fields[i].kind == NN_FIELD_FEATURES)
      inputs.push_back({tensor, uint64_t(width) * size, TableFiller(data, i, table, preprocessing)});
    else
      inputs.push_back({tensor, uint64_t(width) * size,
                        FieldFiller(data.fields[i], table.columns[i], preprocessing[i], augmentSeed)});
  }
  if (data.ids.bytes)
    inputs.push_back({data.ids, sizeof(int64_t), {}});
}

uint64_t BatchFiller::stagedBytes(int64_t capacity) const {
  uint64_t bytes = 0;
  for (const Input &input : inputs)
    bytes += input.room(capacity);
  return bytes;
}

void BatchFiller::fillInput(const Input &input, uint8_t *out, const BatchRow *rows, int64_t count) {
  if (auto *field = std::get_if<FieldFiller>(&input.filler))
    return field->fill(out, rows, count);
  if (auto *table = std::get_if<TableFiller>(&input.filler))
    return table->fill(out, rows, count);
  for (int64_t row = 0; row < count; ++row)
    memcpy(out + size_t(row) * sizeof(int64_t), &rows[row].record, sizeof(int64_t));
}

void BatchFiller::fill(uint8_t *arena, const BatchRow *batch, int64_t first, int64_t count) const {
  for (const Input &input : inputs)
    fillInput(input, arena + input.tensor.offset + uint64_t(first) * input.rowBytes, batch + first, count);
}

void BatchFiller::stage(uint8_t *memory, int64_t capacity, const BatchRow *batch, int64_t first,
                        int64_t count) const {
  for (const Input &input : inputs) {
    fillInput(input, memory + uint64_t(first) * input.rowBytes, batch + first, count);
    memory += input.room(capacity);
  }
}

void BatchFiller::unstage(uint8_t *arena, const uint8_t *memory, int64_t capacity, int64_t rows) const {
  for (const Input &input : inputs) {
    memcpy(arena + input.tensor.offset, memory, size_t(rows) * input.rowBytes);
    memory += input.room(capacity);
  }
}
