#include "runtime/data/table/TableFiller.h"

#include <algorithm>

using namespace nnrt;

TableFiller::TableFiller(const nn_data &data, size_t field, const Table &table,
                         const Preprocess *preprocessing)
    : input(data.fields[field].input) {
  bool isFeatures = data.fields[field].kind == NN_FIELD_FEATURES;
  for (size_t i = 0; i < data.field_count; ++i)
    // A file to predict for has no targets.
    if ((isFeatures ? isFeature(data.fields[i]) : i == field) && table.columns[i].width > 0) {
      parts.emplace_back(table.columns[i], preprocessing[i]);
      rowWidth += parts.back().width();
    }
}

template <class T> void TableFiller::fillAs(T *out, const BatchRow *rows, int64_t count) const {
  std::vector<double> row(static_cast<size_t>(rowWidth));
  for (int64_t record = 0; record < count; ++record)
    for (int64_t time = 0; time < parts[0].rows(); ++time) {
      double *to = row.data();
      for (const CellFiller &part : parts) {
        part.finish(rows[record].record, time, to);
        to += part.width();
      }
      out = std::transform(row.begin(), row.end(), out, [](double value) { return T(value); });
    }
}

void TableFiller::fill(uint8_t *out, const BatchRow *rows, int64_t count) const {
  switch (input.dtype) {
  case NN_F32:
    return fillAs(reinterpret_cast<float *>(out), rows, count);
  case NN_F64:
    return fillAs(reinterpret_cast<double *>(out), rows, count);
  case NN_I32:
    return fillAs(reinterpret_cast<int32_t *>(out), rows, count);
  default:
    return fillAs(reinterpret_cast<int64_t *>(out), rows, count);
  }
}
