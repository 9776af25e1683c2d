// The values in between are doubles; a finished column is rounded to float, or bytes stay bytes where all
// steps make whole numbers of 0 to 255 of them.
#include "runtime/data/RecordSteps.h"
#include "runtime/base/Text.h"
#include "runtime/base/ThreadPool.h"
#include "runtime/data/Source.h"
#include "runtime/data/audio/Steps.h"
#include "runtime/data/image/Steps.h"

#include <algorithm>

using namespace nnrt;

bool nnrt::isRecordStep(const nn_call &step) { return isAudioStep(step) || isImageStep(step); }

Result<RecordSteps> RecordSteps::of(const nn_data &data, const nn_field &field) {
  RecordSteps result;
  for (uint32_t i = 0; i < field.step_count; ++i) {
    if (!isRecordStep(field.steps[i]))
      continue;
    if (isImageStep(field.steps[i])) {
      result.makesBytes = result.makesBytes && keepsBytes(field.steps[i]);
      NNRT_ASSIGN(ImageStep change, imageStepOf(field.steps[i], recordShape(field), data.name));
      result.steps.push_back(std::move(change));
      continue;
    }
    result.makesBytes = false;
    NNRT_ASSIGN(AudioStep step, audioStepOf(field.steps[i], data.name));
    result.steps.push_back([features = AudioFeatures(step)](const Doubles &samples) {
      return features.apply(samples.data(), int64_t(samples.size()));
    });
  }
  return result;
}

Doubles RecordSteps::apply(Doubles record) const {
  for (const auto &step : steps)
    record = step(record);
  return record;
}

namespace {

Doubles recordOf(const Column &column, int64_t record) {
  Doubles values(size_t(column.width));
  for (int64_t i = 0; i < column.width; ++i)
    values[size_t(i)] = column.at(record * column.width + i);
  return values;
}

} // namespace

template <class T> std::vector<T> RecordSteps::finished(const Column &column, int64_t width) const {
  std::vector<T> values(size_t(column.records() * width));
  parallelChunks(column.records(), [&](int64_t record) {
    Doubles one = apply(recordOf(column, record));
    std::transform(one.begin(), one.end(), values.begin() + record * width,
                   [](double value) { return T(value); });
  });
  return values;
}

Result<Column> RecordSteps::apply(const Column &column, const std::vector<int64_t> &shape) const {
  Column result{column.origin, shape, 1, {}};
  for (int64_t size : shape)
    result.width *= size;
  // All records have one length, so the first tells what comes out of each.
  if (column.records() > 0)
    if (size_t made = apply(recordOf(column, 0)).size(); made != size_t(result.width))
      return dataError("`" + column.origin + "`: its steps make " + std::to_string(made) +
                       " values of a record, expected shape " + shapeText(shape));
  if (makesBytes && column.isBytes())
    result.values = finished<uint8_t>(column, result.width);
  else
    result.values = finished<float>(column, result.width);
  return result;
}
