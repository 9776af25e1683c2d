// Builds the steps from the descriptor and runs a value through them.
#include "runtime/data/Preprocess.h"

#include <cmath>
#include <cstring>

using namespace nnrt;

Result<Preprocess> Preprocess::of(const nn_data &data, const nn_field &field) {
  Preprocess preprocess;
  preprocess.path = std::string("data.") + data.name + "." + field.name;
  if (std::vector<int64_t> shape = recordShape(field); !shape.empty())
    preprocess.channelCount = shape.back();
  for (uint32_t i = 0; i < field.step_count; ++i) {
    const nn_call &call = field.steps[i];
    std::string where = "field `" + std::string(field.name) + "` of data set `" + data.name + "`: ";
    if (!strcmp(call.name, "scale")) {
      if (call.argument_count != 1 || call.arguments[0].text || !std::isfinite(call.arguments[0].number))
        return dataError(where + "`scale` takes one finite number");
      preprocess.steps.push_back(Scale{call.arguments[0].number});
    } else if (!strcmp(call.name, "zscore")) {
      if (call.argument_count != 0)
        return dataError(where + "`zscore` takes no arguments");
      size_t channels = size_t(preprocess.channelCount);
      preprocess.steps.push_back(ZScore{std::vector<double>(channels, 0), std::vector<double>(channels, 1)});
    } else {
      return dataError(where + "unknown preprocessing `" + call.name + "`");
    }
  }
  return preprocess;
}

double Preprocess::applyUpTo(double raw, int64_t channel, size_t end) const {
  double value = raw;
  for (size_t i = 0; i < end; ++i) {
    if (auto *scale = std::get_if<Scale>(&steps[i]))
      value = scale->apply(value);
    else
      value = std::get_if<ZScore>(&steps[i])->apply(value, channel);
  }
  return value;
}

Status Preprocess::fit(const Column &column, const Indices &records) {
  for (size_t i = 0; i < steps.size(); ++i)
    if (std::holds_alternative<ZScore>(steps[i]))
      steps[i] = fitZScore(column, records, channelCount,
                           [&](double raw, int64_t channel) { return applyUpTo(raw, channel, i); });
  for (const FittedVector &vector : fitted())
    for (double value : *vector.values)
      if (!std::isfinite(value))
        return dataError("`" + column.origin + "`: `" + vector.name +
                         "` is not finite: the training part holds " + "NaN, infinity or too large values");
  return Done{};
}

std::vector<FittedVector> Preprocess::fitted() {
  std::vector<FittedVector> vectors;
  int fits = 0;
  for (Step &step : steps)
    if (auto *zscore = std::get_if<ZScore>(&step)) {
      std::string suffix = ++fits > 1 ? "_" + std::to_string(fits) : "";
      vectors.push_back({path + ".mean" + suffix, &zscore->mean, false});
      vectors.push_back({path + ".sd" + suffix, &zscore->sd, true});
    }
  return vectors;
}

Result<Preprocessing> nnrt::preprocessingOf(const nn_data &data) {
  Preprocessing all;
  for (uint32_t i = 0; i < data.field_count; ++i) {
    NNRT_ASSIGN(Preprocess one, Preprocess::of(data, data.fields[i]));
    all.push_back(std::move(one));
  }
  return all;
}

Status nnrt::fitPreprocessing(Preprocessing &preprocessing, const Split &train) {
  for (size_t i = 0; i < preprocessing.size(); ++i)
    NNRT_TRY(preprocessing[i].fit(train.table->columns[i], train.records));
  return Done{};
}
