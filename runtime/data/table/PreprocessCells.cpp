// The part of preprocessing that is for columns of tables. A record has one row of cells, or those of a
// window.
#include "runtime/base/Text.h"
#include "runtime/data/Preprocess.h"

#include <cmath>
#include <cstdio>
#include <cstring>

using namespace nnrt;

namespace {

// Calls use(element of the record, channel) for each of its cells.
template <class Use> void forEachCell(const Column &column, const CellForm &form, const Use &use) {
  int64_t rawWidth = form.rawWidth();
  for (int64_t i = 0; i < column.width; ++i)
    if (i % rawWidth < form.span)
      use(i, i % rawWidth);
}

bool isReadersStep(const nn_call &call, const nn_field &field) {
  bool isMissing = !strcmp(call.name, "missing");
  return !strcmp(call.name, "calendar") || !strcmp(call.name, "index") ||
         (isMissing && field.cell != NN_CELL_NUMBER);
}

} // namespace

Status Preprocess::addTableSteps(const nn_field &field) {
  NNRT_ASSIGN(form, CellForm::of(field));
  channelCount = form->span;
  for (uint32_t i = 0; i < field.step_count; ++i) {
    if (isReadersStep(field.steps[i], field))
      continue;
    if (field.cell != NN_CELL_NUMBER)
      return dataError(std::string("`") + field.steps[i].name + "` is a step of numbers");
    // All but `scale` are steps of this kind.
    NNRT_ASSIGN(std::unique_ptr<ValueStep> step, valueStepOf(field.steps[i], size_t(channelCount)));
    if (step) {
      steps.emplace_back(std::move(step));
    } else {
      NNRT_ASSIGN(Step other, stepOf(field.steps[i], field, size_t(channelCount)));
      steps.push_back(std::move(other));
    }
  }
  return Done{};
}

ChannelValues Preprocess::valuesBefore(const Column &column, const Indices &records, size_t step) const {
  return ChannelValues([this, &column, &records, step](int64_t channel, const ChannelValues::Use &use) {
    if (!form) {
      for (int64_t record : records)
        for (int64_t i = channel; i < column.width; i += channelCount)
          use(applyUpTo(column.at(record, i), channel, step), 1);
      return;
    }
    for (int64_t record : records)
      forEachCell(column, *form, [&](int64_t i, int64_t cell) {
        if (cell == channel)
          use(applyUpTo(column.at(record, i), channel, step), 1);
      });
  });
}

Status Preprocess::fitValueStep(size_t step, const Column &column, const Indices &records) {
  return std::get<std::unique_ptr<ValueStep>>(steps[step])
      ->fit(valuesBefore(column, records, step), "`" + column.origin + "`, column `" + name + "`");
}

bool Preprocess::leavesOut() const {
  for (const Step &step : steps)
    if (auto *value = std::get_if<std::unique_ptr<ValueStep>>(&step); value && (*value)->leavesOut())
      return true;
  return false;
}

Status Preprocess::markOutliers(const Column &column, const Indices &records, std::vector<bool> &leaves) {
  for (size_t i = 0; i < steps.size(); ++i) {
    auto *step = std::get_if<std::unique_ptr<ValueStep>>(&steps[i]);
    if (!step)
      continue;
    NNRT_TRY(fitValueStep(i, column, records));
    if (!(*step)->leavesOut())
      continue;
    size_t place = 0;
    for (int64_t record : records) {
      forEachCell(column, *form, [&](int64_t element, int64_t channel) {
        if (!(*step)->keeps(applyUpTo(column.at(record, element), channel, i), channel))
          leaves[place] = true;
      });
      ++place;
    }
    fittedSteps = i + 1;
  }
  return Done{};
}

// What was not there when the steps were fitted: categories, and numbers that a step has no value for.
Status Preprocess::checkCells(const Column &column, const Indices &records) const {
  if (form->categories) {
    auto place = form->categories->unknownIn(column, records);
    if (!place)
      return Done{};
    std::string what = "`" + column.origin + "`: line " +
                       std::to_string(column.dictionary->lines[size_t(*place)]) + ": column `" + name +
                       "`: the category " + shownCell(column.dictionary->texts[size_t(*place)]) +
                       " is not in the training part";
    if (form->isLabel)
      return dataError(what + "; `category(k, unknown: true)` gives such cells a class");
    fprintf(stderr, "%s: all its values are 0 (`unknown: true` gives such cells one)\n", what.c_str());
    return Done{};
  }
  return checkValues(column, records, steps.size());
}
