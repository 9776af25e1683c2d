#include "runtime/data/table/CellFiller.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;

CellFiller::CellFiller(const Column &column, const Preprocess &preprocess)
    : column(column), preprocess(preprocess), form(*preprocess.cells()) {
  if (form.categories)
    classes = form.categories->classesOf(column);
}

void CellFiller::oneHot(int64_t place, double *out) const {
  std::fill_n(out, form.finishedWidth(), 0.0);
  if (int64_t klass = classes[size_t(place)]; klass >= 0)
    out[klass] = 1;
}

void CellFiller::finish(int64_t record, int64_t row, double *out) const {
  int64_t first = row * form.rawWidth();
  switch (form.cell) {
  case NN_CELL_CLASS:
    *out = column.at(record, first);
    return;
  case NN_CELL_CATEGORY:
    if (form.isLabel)
      *out = double(classes[size_t(column.at(record, first))]);
    else
      oneHot(int64_t(column.at(record, first)), out);
    return;
  case NN_CELL_DATE:
    for (CalendarCycle cycle : form.cycles) {
      auto [sine, cosine] = calendarAngle(column.at(record, first), cycle);
      *out++ = sine;
      *out++ = cosine;
    }
    return;
  default:
    break;
  }
  for (int64_t i = 0; i < form.span; ++i) {
    double raw = column.at(record, first + i);
    out[i] = preprocess.apply(raw, i);
    if (form.indicates)
      out[form.span + i] =
          form.keepsFlags ? column.at(record, first + form.span + i) : double(std::isnan(raw));
  }
}
