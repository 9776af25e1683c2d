#include "runtime/data/table/WindowAugment.h"
#include "runtime/data/augment/Noise.h"
#include "runtime/data/table/CellForm.h"

#include <algorithm>
#include <cmath>
#include <string>

using namespace nnrt;

namespace {

using Kind = SoundChange::Kind;

bool isOfColumns(Kind kind) { return kind == Kind::shift || kind == Kind::noise || kind == Kind::timeMask; }

// What comes in is the first or the last row again: zeros would be a jump that no series has.
void shiftRows(Doubles &values, int64_t rows, int64_t shift) {
  const Doubles before = values;
  int64_t width = int64_t(values.size()) / rows;
  for (int64_t row = 0; row < rows; ++row) {
    int64_t from = std::clamp<int64_t>(row - shift, 0, rows - 1);
    std::copy_n(before.begin() + from * width, width, values.begin() + row * width);
  }
}

} // namespace

Result<WindowAugment> WindowAugment::of(const nn_data &data, const nn_field &field) {
  WindowAugment augment;
  if (!isTableField(field))
    return augment;
  NNRT_ASSIGN(augment.changes, soundChangesOf(field, data.name));
  for (size_t i = 0; i < augment.changes.size(); ++i)
    if (!isOfColumns(augment.changes[i].kind))
      return dataError(std::string("data set `") + data.name + "`: `" + field.augments[i].name +
                       "` does not change a column");
  return augment;
}

void WindowAugment::apply(Doubles &values, int64_t rows, const AugmentKey &key) const {
  auto count = int64_t(values.size());
  for (const SoundChange &change : changes) {
    KeyedRandom numbers{key.seed, change.purpose, key.epoch, key.record};
    RandomStream random(numbers);
    if (random.uniform() >= change.chance)
      continue;
    if (change.kind == Kind::shift)
      shiftRows(values, rows, std::llround(random.uniform(-change.amount, change.amount) * double(rows)));
    else if (change.kind == Kind::noise)
      addNoise(values.data(), count, numbers, firstOfNoise, change.amount);
    else
      maskFrames(values.data(), rows, count / rows, change.amount, random);
  }
}
