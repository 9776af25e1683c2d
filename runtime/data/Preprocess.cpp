// Builds the steps from the descriptor and runs a value through them.
#include "runtime/data/Preprocess.h"
#include "runtime/data/RecordSteps.h"
#include "runtime/data/table/RemoveOutliers.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

using namespace nnrt;

Result<Preprocess::Step> Preprocess::stepOf(const nn_call &call, const nn_field &field, size_t channels) {
  if (!strcmp(call.name, "scale")) {
    if (call.argument_count != 1 || call.arguments[0].text || !std::isfinite(call.arguments[0].number))
      return dataError("`scale` takes one finite number");
    return Step(Scale{call.arguments[0].number});
  }
  if (!strcmp(call.name, "zscore")) {
    if (call.argument_count != 0)
      return dataError("`zscore` takes no arguments");
    return Step(ZScore{std::vector<double>(channels, 0), std::vector<double>(channels, 1)});
  }
  if (!strcmp(call.name, "vocabulary")) {
    bool hasUnknown = call.argument_count == 1 && call.arguments[0].number == 1;
    if (field.classes <= int64_t(hasUnknown))
      return dataError("`vocabulary` belongs to a class");
    return Step(Vocabulary{std::vector<double>(size_t(field.classes) - hasUnknown), hasUnknown});
  }
  NNRT_ASSIGN(std::unique_ptr<ValueStep> step, valueStepOf(call, channels));
  if (!step)
    return dataError(std::string("unknown preprocessing `") + call.name + "`");
  return Step(std::move(step));
}

Result<Preprocess> Preprocess::of(const nn_data &data, const nn_field &field) {
  Preprocess preprocess;
  preprocess.name = field.name;
  preprocess.path = std::string("data.") + data.name + "." + field.name;
  preprocess.isSingle = field.input.dtype == NN_F32;
  preprocess.isLabel = field.classes > 0;
  if (isTableField(field)) {
    if (Status added = preprocess.addTableSteps(field); !added)
      return dataError("column `" + preprocess.name + "` of data set `" + data.name +
                       "`: " + added.error().message);
    return preprocess;
  }
  preprocess.classes = NamedClasses::of(field);
  if (std::vector<int64_t> shape = recordShape(field); !shape.empty())
    preprocess.channelCount = shape.back();
  NNRT_ASSIGN(preprocess.soundChain, SoundChain::of(data, field));
  for (uint32_t i = 0; i < field.step_count; ++i) {
    // Done when the records are loaded, or a matter of `classes`.
    if (isRecordStep(field.steps[i]) || preprocess.classes)
      continue;
    Result<Step> step = stepOf(field.steps[i], field, size_t(preprocess.channelCount));
    if (!step)
      return dataError("field `" + preprocess.name + "` of data set `" + data.name +
                       "`: " + step.error().message);
    preprocess.steps.push_back(std::move(*step));
  }
  return preprocess;
}

double Preprocess::applyStep(size_t step, double value, int64_t channel) const {
  if (auto *scale = std::get_if<Scale>(&steps[step]))
    return scale->apply(value);
  if (auto *vocabulary = std::get_if<Vocabulary>(&steps[step]))
    return vocabulary->apply(value);
  if (auto *other = std::get_if<std::unique_ptr<ValueStep>>(&steps[step]))
    return (*other)->apply(value, channel);
  return std::get_if<ZScore>(&steps[step])->apply(value, channel);
}

double Preprocess::applyUpTo(double raw, int64_t channel, size_t end) const {
  double value = raw;
  for (size_t i = 0; i < end; ++i)
    value = applyStep(i, value, channel);
  return value;
}

Doubles Preprocess::changedSound(const Column &column, const AugmentKey &place) const {
  const Column &waveforms = column.raw ? *column.raw : column;
  KeyedRandom key{place.seed, 0, place.epoch, place.record};
  Doubles values;
  waveforms.visit(int64_t(place.record), [&](const auto *raw) { values.assign(raw, raw + waveforms.width); });
  values = soundChain->change(std::move(values), key);
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = apply(values[i], int64_t(i) % channelCount);
  soundChain->mask(values, key);
  return values;
}

double Preprocess::invert(size_t step, double value, int64_t channel) const {
  if (auto *scale = std::get_if<Scale>(&steps[step]))
    return value / scale->factor;
  if (auto *zscore = std::get_if<ZScore>(&steps[step]))
    return value * zscore->sd[size_t(channel)] + zscore->mean[size_t(channel)];
  if (auto *other = std::get_if<std::unique_ptr<ValueStep>>(&steps[step]))
    return (*other)->invert(value, channel);
  return value;
}

Status Preprocess::fit(const Table &table, size_t place, const Indices &records) {
  const Column &column = table.columns[place];
  if (form && form->categories)
    NNRT_TRY(form->categories->fit(column, records));
  if (classes)
    NNRT_TRY(classes->fit(table, place, records));
  for (size_t i = fittedSteps; i < steps.size(); ++i) {
    if (std::holds_alternative<std::unique_ptr<ValueStep>>(steps[i]))
      NNRT_TRY(fitValueStep(i, column, records));
    else if (std::holds_alternative<ZScore>(steps[i]))
      steps[i] = fitZScore(column, records, channelCount,
                           [&](double raw, int64_t channel) { return applyUpTo(raw, channel, i); });
    else if (auto *vocabulary = std::get_if<Vocabulary>(&steps[i]))
      NNRT_TRY(fitVocabulary(*vocabulary, table, records, name));
    NNRT_TRY(checkFitted(i, column, records));
  }
  return Done{};
}

namespace {

bool areFinite(const std::vector<double> &values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

} // namespace

// What is not finite has been learnt from a value that is not, or from too large ones.
Status Preprocess::checkFitted(size_t step, const Column &column, const Indices &records) {
  bool isFinite = true;
  if (auto *zscore = std::get_if<ZScore>(&steps[step]))
    isFinite = areFinite(zscore->mean) && areFinite(zscore->sd);
  else if (auto *value = std::get_if<std::unique_ptr<ValueStep>>(&steps[step]))
    for (const StepVector &vector : (*value)->fitted())
      isFinite &= areFinite(*vector.values);
  if (isFinite)
    return Done{};
  NNRT_TRY(checkValues(column, records, step));
  return dataError("`" + column.origin + "`: what `" + name +
                   "` learns of its training part is not finite: it holds too large values");
}

Status Preprocess::check(const Column &column, const Indices &records) const {
  if (form)
    return checkCells(column, records);
  if (classes)
    return classes->check(column, records);
  if (column.dictionary)
    return dataError("`" + column.origin + "` has names for field `" + name +
                     "`, whose classes were numbers in training");
  for (const Step &step : steps)
    if (auto *vocabulary = std::get_if<Vocabulary>(&step))
      NNRT_TRY(checkCharacters(*vocabulary, column, records));
  return checkValues(column, records, steps.size());
}

std::vector<FittedVector> Preprocess::fitted() {
  std::vector<FittedVector> vectors;
  std::map<std::string, int> times;
  auto add = [&](const char *what, std::vector<double> *values, bool isDivisor, bool hasAnyLength = false) {
    int time = ++times[what];
    vectors.push_back(
        {path + "." + what + (time > 1 ? "_" + std::to_string(time) : ""), values, isDivisor, hasAnyLength});
  };
  for (Step &step : steps) {
    if (auto *zscore = std::get_if<ZScore>(&step)) {
      add("mean", &zscore->mean, false);
      add("sd", &zscore->sd, true);
    } else if (auto *vocabulary = std::get_if<Vocabulary>(&step)) {
      add("vocabulary", &vocabulary->characters, false);
    } else if (auto *valueStep = std::get_if<std::unique_ptr<ValueStep>>(&step)) {
      for (const StepVector &vector : (*valueStep)->fitted())
        add(vector.name, vector.values, vector.isDivisor);
    }
  }
  if (classes)
    add(classes->name(), &classes->stored, false, true);
  if (form && form->categories) {
    add("categories", &form->categories->stored, false, true);
    if (form->categories->fillsMode)
      add("mode", &form->categories->mode, false, true);
  }
  return vectors;
}

Result<Preprocessing> nnrt::preprocessingOf(const std::vector<const nn_data *> &sets) {
  Preprocessing all;
  for (const nn_data *data : sets)
    for (uint32_t i = 0; i < data->field_count; ++i) {
      NNRT_ASSIGN(Preprocess one, Preprocess::of(*data, data->fields[i]));
      all.push_back(std::move(one));
    }
  return all;
}

Status nnrt::fitPreprocessing(Preprocess *fields, Split &train) {
  NNRT_TRY(removeOutliers(fields, train));
  for (size_t i = 0; i < train.table->columns.size(); ++i)
    NNRT_TRY(fields[i].fit(*train.table, i, train.records));
  return Done{};
}

Status nnrt::checkPreprocessing(const Preprocess *fields, const Split &split) {
  for (size_t i = 0; i < split.table->columns.size(); ++i)
    NNRT_TRY(fields[i].check(split.table->columns[i], split.records));
  return Done{};
}
