#include "runtime/data/table/CellForm.h"
#include "runtime/data/ValueStep.h"

#include <cstring>

using namespace nnrt;

namespace {

std::optional<CalendarCycle> cycleNamed(const char *name) {
  constexpr std::pair<const char *, CalendarCycle> cycles[] = {{"day", CalendarCycle::day},
                                                               {"week", CalendarCycle::week},
                                                               {"month", CalendarCycle::month},
                                                               {"year", CalendarCycle::year}};
  for (auto &[word, cycle] : cycles)
    if (name && !strcmp(name, word))
      return cycle;
  return std::nullopt;
}

const nn_call *stepNamed(const nn_field &field, const char *name) {
  for (uint32_t i = 0; i < field.step_count; ++i)
    if (!strcmp(field.steps[i].name, name))
      return &field.steps[i];
  return nullptr;
}

bool readsForward(const nn_call &missing) {
  const nn_value *by = argumentOf(missing, "by");
  return by && !strcmp(by->text, "forward");
}

} // namespace

Result<CellForm> CellForm::of(const nn_field &field) {
  CellForm form;
  form.cell = field.cell;
  form.span = field.span;
  form.classes = field.classes;
  form.isLabel = field.classes > 0;
  if (field.cell == NN_CELL_CATEGORY) {
    NNRT_ASSIGN(form.categories, Categories::of(field));
  }
  if (field.cell == NN_CELL_DATE)
    form.cycles = {CalendarCycle::day, CalendarCycle::year};
  if (const nn_call *calendar = stepNamed(field, "calendar")) {
    form.cycles.clear();
    for (uint32_t i = 0; i < calendar->argument_count; ++i) {
      auto cycle = cycleNamed(calendar->arguments[i].text);
      if (!cycle)
        return dataError("`calendar` takes `day`, `week`, `month` and `year`");
      form.cycles.push_back(*cycle);
    }
  }
  for (uint32_t i = 0; i < field.step_count; ++i) {
    const nn_value *indicator = argumentOf(field.steps[i], "indicator");
    if (!indicator || indicator->number == 0)
      continue;
    form.indicates = true;
    form.keepsFlags |= readsForward(field.steps[i]);
  }
  return form;
}

int64_t CellForm::finishedWidth() const {
  if (isLabel)
    return 1;
  switch (cell) {
  case NN_CELL_CATEGORY:
    return categories->count();
  case NN_CELL_DATE:
    return 2 * int64_t(cycles.size());
  default:
    return indicates ? 2 * span : span;
  }
}
