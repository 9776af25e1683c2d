#include "runtime/data/augment/SetAugment.h"
#include "runtime/data/audio/Chain.h"
#include "runtime/data/table/CellForm.h"

#include <type_traits>

using namespace nnrt;

Result<SetAugment> SetAugment::of(const nn_data &data, uint64_t seed) {
  SetAugment set;
  set.seed = seed;
  for (uint32_t i = 0; i < data.field_count; ++i) {
    nn_field pictures = data.fields[i];
    if (isSound(data, data.fields[i]) || isTableField(pictures)) // which have augmentations of their own
      pictures.augment_count = 0;
    NNRT_ASSIGN(FieldAugment field, FieldAugment::of(data, pictures));
    set.fields.push_back(std::move(field));
    NNRT_ASSIGN(WindowAugment column, WindowAugment::of(data, data.fields[i]));
    set.columns.push_back(std::move(column));
  }
  return set;
}

void SetAugment::make(const nn_data &data, size_t field, RecordMaker maker) {
  const nn_field &about = data.fields[field];
  fields[field].made.emplace(std::string(data.name) + "." + about.name, pictureShapeOf(about),
                             std::move(maker));
}

MixDraw SetAugment::draw(const RowsToFill &rows, int64_t row) const {
  for (const FieldAugment &field : fields)
    if (!field.mix.isIdentity())
      return field.mix.draw(keyOf(rows.batch[row]), row, rows.rows);
  MixDraw none;
  none.partner = row;
  return none;
}

template <class T>
void SetAugment::changeAlone(size_t field, const Column &column, const BatchRow &row,
                             std::vector<T> &out) const {
  out.resize(size_t(column.width));
  column.visit(row.record, [&](const auto *record) {
    if constexpr (std::is_same_v<decltype(record), const T *>)
      fields[field].change(record, out.data(), keyOf(row));
  });
}

template <class T>
void SetAugment::change(size_t field, const Column &column, const RowsToFill &rows, int64_t row,
                        std::vector<T> &out) const {
  static thread_local std::vector<T> other;
  changeAlone(field, column, rows.batch[row], out);
  const Mix &mix = fields[field].mix;
  MixDraw mixed = mix.isIdentity() ? MixDraw() : draw(rows, row);
  if (mixed.share < 1) {
    changeAlone(field, column, rows.batch[mixed.partner], other);
    mix.apply(mixed, out.data(), other.data());
  }
}

template void SetAugment::change(size_t, const Column &, const RowsToFill &, int64_t, Bytes &) const;
template void SetAugment::change(size_t, const Column &, const RowsToFill &, int64_t, Floats &) const;
template void SetAugment::change(size_t, const Column &, const RowsToFill &, int64_t, Doubles &) const;
