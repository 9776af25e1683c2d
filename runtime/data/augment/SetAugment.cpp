#include "runtime/data/augment/SetAugment.h"
#include "runtime/data/audio/Chain.h"

using namespace nnrt;

Result<SetAugment> SetAugment::of(const nn_data &data, uint64_t seed) {
  SetAugment set;
  set.seed = seed;
  for (uint32_t i = 0; i < data.field_count; ++i) {
    nn_field pictures = data.fields[i];
    if (isSound(data, data.fields[i])) // which have augmentations of their own
      pictures.augment_count = 0;
    NNRT_ASSIGN(FieldAugment field, FieldAugment::of(data, pictures));
    set.fields.push_back(std::move(field));
  }
  return set;
}

MixDraw SetAugment::draw(const RowsToFill &rows, int64_t row) const {
  for (const FieldAugment &field : fields)
    if (!field.mix.isIdentity())
      return field.mix.draw(keyOf(rows.batch[row]), row, rows.rows);
  MixDraw none;
  none.partner = row;
  return none;
}
