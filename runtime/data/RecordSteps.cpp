// The values in between are doubles; a finished column is rounded to float, or bytes stay bytes where all
// steps make whole numbers of 0 to 255 of them.
#include "runtime/data/RecordSteps.h"
#include "runtime/base/Text.h"
#include "runtime/base/ThreadPool.h"
#include "runtime/data/ColumnWriter.h"
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
  Doubles values;
  column.visit(record, [&](const auto *elements) { values.assign(elements, elements + column.width); });
  return values;
}

// Records that are in memory at a time, finished or not.
constexpr int64_t atATime = 64;

} // namespace

template <class T>
Result<Column> RecordSteps::finished(const Column &column, const std::vector<int64_t> &shape,
                                     int64_t width) const {
  ColumnWriter<T> writer(column.origin, shape, uint64_t(width) * sizeof(T));
  NNRT_TRY(writer.expect(column.records()));
  std::vector<T> values(size_t(atATime * width));
  for (int64_t first = 0; first < column.records(); first += atATime) {
    int64_t count = std::min(atATime, column.records() - first);
    parallelChunks(count, [&](int64_t i) {
      Doubles one = apply(recordOf(column, first + i));
      std::transform(one.begin(), one.end(), values.begin() + i * width,
                     [](double value) { return T(value); });
    });
    NNRT_TRY(writer.append(values.data(), count));
  }
  return writer.finish();
}

Result<Column> RecordSteps::apply(const Column &column, const std::vector<int64_t> &shape) const {
  int64_t width = 1;
  for (int64_t size : shape)
    width *= size;
  // All records have one length, so the first tells what comes out of each.
  if (column.records() > 0)
    if (size_t made = apply(recordOf(column, 0)).size(); made != size_t(width))
      return dataError("`" + column.origin + "`: its steps make " + std::to_string(made) +
                       " values of a record, expected shape " + shapeText(shape));
  return makesBytes && column.isBytes() ? finished<uint8_t>(column, shape, width)
                                        : finished<float>(column, shape, width);
}
