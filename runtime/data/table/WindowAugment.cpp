#include "runtime/data/table/WindowAugment.h"
#include "runtime/data/Arguments.h"
#include "runtime/data/audio/Augment.h"
#include "runtime/data/augment/Noise.h"
#include "runtime/data/table/CellForm.h"

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace nnrt;

namespace {

// Behind the number that says whether a step happens.
constexpr uint32_t firstOfNoise = 8;

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

Result<WindowAugment::Step> WindowAugment::stepOf(const nn_call &call, const std::string &dataSet) {
  constexpr std::pair<const char *, Kind> kinds[] = {
      {"shift", Kind::shift}, {"noise", Kind::noise}, {"time_mask", Kind::timeMask}};
  for (auto &[name, kind] : kinds)
    if (!strcmp(call.name, name)) {
      Arguments arguments(call, dataSet);
      Step step{kind};
      NNRT_ASSIGN(step.amount, arguments.numberOr("amount", 0, 0, 1));
      NNRT_ASSIGN(step.chance, arguments.numberOr("chance", 1, 0, 1));
      NNRT_TRY(arguments.finish());
      return step;
    }
  return dataError("data set `" + dataSet + "`: `" + call.name + "` does not change a column");
}

Result<WindowAugment> WindowAugment::of(const nn_data &data, const nn_field &field) {
  WindowAugment augment;
  for (uint32_t i = 0; isTableField(field) && i < field.augment_count; ++i) {
    NNRT_ASSIGN(Step step, stepOf(field.augments[i], data.name));
    step.purpose =
        purposeOf(std::string("augment.") + data.name + "." + field.name + "." + std::to_string(i));
    augment.steps.push_back(step);
  }
  return augment;
}

void WindowAugment::apply(Doubles &values, int64_t rows, const AugmentKey &key) const {
  auto count = int64_t(values.size());
  for (const Step &step : steps) {
    KeyedRandom numbers{key.seed, step.purpose, key.epoch, key.record};
    RandomStream random(numbers);
    if (random.uniform() >= step.chance)
      continue;
    if (step.kind == Kind::shift)
      shiftRows(values, rows, std::llround(random.uniform(-step.amount, step.amount) * double(rows)));
    else if (step.kind == Kind::noise)
      addNoise(values.data(), count, numbers, firstOfNoise, step.amount);
    else
      maskFrames(values.data(), rows, count / rows, step.amount, random);
  }
}
