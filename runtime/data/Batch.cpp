// Bytes go through a table, which gives the same value as the computation because it is the computation.
#include "runtime/data/Batch.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

using namespace nnrt;

namespace {

// Calls use with the memory as elements of the input's type.
template <class Use> void withElements(const nn_tensor &input, uint8_t *out, const Use &use) {
  switch (input.dtype) {
  case NN_F32:
    return use(reinterpret_cast<float *>(out));
  case NN_F64:
    return use(reinterpret_cast<double *>(out));
  case NN_I32:
    return use(reinterpret_cast<int32_t *>(out));
  default:
    return use(reinterpret_cast<int64_t *>(out));
  }
}

} // namespace

LabelOf::LabelOf(const Column &column, const Preprocess &preprocess) : preprocess(preprocess) {
  if (preprocess.named() && column.dictionary)
    classes = preprocess.named()->classesOf(*column.dictionary);
}

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
      isLabel(field.input.dtype == NN_I32 || field.input.dtype == NN_I64), labelOf(column, preprocess) {
  if (column.isBytes() && !isLabel)
    input.dtype == NN_F32 ? makeTable<float>() : makeTable<double>();
}

template <class T, class Raw> void FieldFiller::fillRow(T *out, const Raw *raw) const {
  int64_t width = column.width, channels = preprocess.channels();
  if (isLabel) {
    for (int64_t i = 0; i < width; ++i)
      out[i] = T(labelOf(double(raw[i])));
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

template <class T> void FieldFiller::fillSound(T *out, const BatchRow &row) const {
  Doubles values = preprocess.changedSound(column, set->keyOf(row));
  std::transform(values.begin(), values.end(), out, [](double value) { return T(value); });
}

template <class T, class Raw>
void FieldFiller::fillAugmented(T *out, const RowsToFill &rows, int64_t row) const {
  static thread_local std::vector<Raw> changed;
  set->change(place, column, rows, row, changed);
  fillRow(out, changed.data());
}

template <class T> void FieldFiller::fillAs(T *out, const RowsToFill &rows) const {
  if (set && preprocess.sound()) {
    for (int64_t row = rows.first; row < rows.first + rows.count; ++row, out += column.width)
      fillSound(out, rows.batch[row]);
    return;
  }
  for (int64_t row = rows.first; row < rows.first + rows.count; ++row, out += column.width)
    if (isAugmented && column.isBytes())
      fillAugmented<T, uint8_t>(out, rows, row);
    else if (isAugmented && column.isFloats())
      fillAugmented<T, float>(out, rows, row);
    else if (isAugmented)
      fillAugmented<T, double>(out, rows, row);
    else
      column.visit(rows.batch[row].record, [&](const auto *raw) { fillRow(out, raw); });
}

void FieldFiller::fill(uint8_t *out, const RowsToFill &rows) const {
  withElements(input, out, [&](auto *elements) { fillAs(elements, rows); });
}

TableFiller::TableFiller(const nn_data &data, size_t field, const Table &table,
                         const Preprocess *preprocessing)
    : input(data.fields[field].input) {
  bool isFeatures = data.fields[field].kind == NN_FIELD_FEATURES;
  for (size_t i = 0; i < data.field_count; ++i)
    // A file to predict for has no targets.
    if ((isFeatures ? isFeature(data.fields[i]) : i == field) && table.columns[i].width > 0) {
      parts.push_back({CellFiller(table.columns[i], preprocessing[i]), i});
      rowWidth += parts.back().cells.width();
    }
}

void TableFiller::augmentBy(const SetAugment &all) {
  set = &all;
  for (Part &part : parts)
    part.augment = all.column(part.field);
}

// A column's values of a record, [rows, width], into its place among those of others.
void TableFiller::fillPart(const Part &part, const BatchRow &row, double *out) const {
  int64_t rows = part.cells.rows(), width = part.cells.width();
  if (!part.augment) {
    for (int64_t time = 0; time < rows; ++time)
      part.cells.finish(row.record, time, out + time * rowWidth);
    return;
  }
  Doubles values(size_t(rows * width));
  for (int64_t time = 0; time < rows; ++time)
    part.cells.finish(row.record, time, values.data() + time * width);
  part.augment->apply(values, rows, set->keyOf(row));
  for (int64_t time = 0; time < rows; ++time)
    std::copy_n(values.begin() + time * width, width, out + time * rowWidth);
}

template <class T> void TableFiller::fillAs(T *out, const RowsToFill &rows) const {
  Doubles record(size_t(parts[0].cells.rows() * rowWidth));
  const BatchRow *first = rows.batch + rows.first;
  for (const BatchRow *row = first; row != first + rows.count; ++row) {
    double *to = record.data();
    for (const Part &part : parts) {
      fillPart(part, *row, to);
      to += part.cells.width();
    }
    out = std::transform(record.begin(), record.end(), out, [](double value) { return T(value); });
  }
}

void TableFiller::fill(uint8_t *out, const RowsToFill &rows) const {
  if (parts.empty())
    return;
  withElements(input, out, [&](auto *elements) { fillAs(elements, rows); });
}

SoftFiller::SoftFiller(const nn_data &data, size_t field, const Table &table, const Preprocess *preprocessing)
    : input(data.fields[field].input), labels(table.columns[data.fields[field].of]),
      plain(labels, preprocessing[data.fields[field].of]) {
  const nn_field &of = data.fields[data.fields[field].of];
  perRecord = elementCount(recordShape(of));
  if (isTableField(of))
    cell.emplace(labels, preprocessing[data.fields[field].of]);
}

int64_t SoftFiller::labelOf(int64_t record, int64_t i) const {
  double label = 0;
  if (cell)
    cell->finish(record, i, &label);
  else
    label = plain(labels.at(record, i));
  return int64_t(label);
}

template <class T> void SoftFiller::fillAs(T *out, const RowsToFill &rows) const {
  int64_t classes = input.shape[input.rank - 1];
  std::fill_n(out, rows.count * perRecord * classes, T(0));
  auto label = [&](int64_t row, int64_t i) { return labelOf(rows.batch[row].record, i); };
  for (int64_t row = rows.first; row < rows.first + rows.count; ++row) {
    MixDraw draw = set ? set->draw(rows, row) : MixDraw();
    int64_t partner = draw.share < 1 ? draw.partner : row;
    for (int64_t i = 0; i < perRecord; ++i, out += classes)
      softLabel(draw, label(row, i), label(partner, i), out);
  }
}

void SoftFiller::fill(uint8_t *out, const RowsToFill &rows) const {
  input.dtype == NN_F32 ? fillAs(reinterpret_cast<float *>(out), rows)
                        : fillAs(reinterpret_cast<double *>(out), rows);
}

BatchFiller::BatchFiller(const nn_data &data, const Table &table, const Preprocess *preprocessing)
    : data(data) {
  for (uint32_t i = 0; i < data.field_count; ++i) {
    const nn_field &field = data.fields[i];
    const nn_tensor &tensor = field.input;
    if (!tensor.bytes) // no entry reads this field
      continue;
    size_t size = tensor.dtype == NN_F32 || tensor.dtype == NN_I32 ? 4 : 8;
    int64_t width = elementCount(recordShape(field));
    Input input{tensor, uint64_t(width) * size, i, {}};
    if (field.kind == NN_FIELD_SOFT)
      input.filler.emplace<SoftFiller>(data, i, table, preprocessing);
    else if (isTableField(field) || field.kind == NN_FIELD_FEATURES)
      input.filler.emplace<TableFiller>(data, i, table, preprocessing);
    else
      input.filler.emplace<FieldFiller>(field, table.columns[i], preprocessing[i]);
    inputs.push_back(std::move(input));
    elements += width;
  }
  if (data.ids.bytes)
    inputs.push_back({data.ids, sizeof(int64_t), 0, {}});
}

Status BatchFiller::augment(uint64_t seed) {
  NNRT_ASSIGN(SetAugment all, SetAugment::of(data, seed));
  changes = std::make_unique<SetAugment>(std::move(all));
  for (Input &input : inputs) {
    if (auto *field = std::get_if<FieldFiller>(&input.filler))
      field->augmentBy(*changes, input.field);
    if (auto *columns = std::get_if<TableFiller>(&input.filler))
      columns->augmentBy(*changes);
    if (auto *soft = std::get_if<SoftFiller>(&input.filler))
      soft->augmentBy(*changes);
  }
  return Done{};
}

uint64_t BatchFiller::stagedBytes(int64_t capacity) const {
  uint64_t bytes = 0;
  for (const Input &input : inputs)
    bytes += input.room(capacity);
  return bytes;
}

void BatchFiller::fillInput(const Input &input, uint8_t *out, const RowsToFill &rows) {
  if (auto *field = std::get_if<FieldFiller>(&input.filler))
    return field->fill(out, rows);
  if (auto *table = std::get_if<TableFiller>(&input.filler))
    return table->fill(out, rows);
  if (auto *soft = std::get_if<SoftFiller>(&input.filler))
    return soft->fill(out, rows);
  for (int64_t row = 0; row < rows.count; ++row)
    memcpy(out + size_t(row) * sizeof(int64_t), &rows.batch[rows.first + row].record, sizeof(int64_t));
}

void BatchFiller::fill(uint8_t *arena, const RowsToFill &rows) const {
  for (const Input &input : inputs)
    fillInput(input, arena + input.tensor.offset + uint64_t(rows.first) * input.rowBytes, rows);
}

void BatchFiller::stage(uint8_t *memory, int64_t capacity, const RowsToFill &rows) const {
  for (const Input &input : inputs) {
    fillInput(input, memory + uint64_t(rows.first) * input.rowBytes, rows);
    memory += input.room(capacity);
  }
}

void BatchFiller::unstage(uint8_t *arena, const uint8_t *memory, int64_t capacity, int64_t rows) const {
  for (const Input &input : inputs) {
    memcpy(arena + input.tensor.offset, memory, size_t(rows) * input.rowBytes);
    memory += input.room(capacity);
  }
}
