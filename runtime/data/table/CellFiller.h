// Finished values of a table's columns for a batch: one-hot categories, sines of dates, numbers through their
// steps with their was-missing indicators.
#ifndef NN_RUNTIME_DATA_TABLE_CELLFILLER_H
#define NN_RUNTIME_DATA_TABLE_CELLFILLER_H

#include "runtime/data/Preprocess.h"

namespace nnrt {

class CellFiller {
public:
  // The column and the preprocessing, fitted by now, must outlive the filler.
  CellFiller(const Column &column, const Preprocess &preprocess);

  // Values of one row.
  int64_t width() const { return form.finishedWidth(); }
  // Rows of a record: more than one in windows.
  int64_t rows() const { return column.width / form.rawWidth(); }
  void finish(int64_t record, int64_t row, double *out) const;

private:
  void oneHot(int64_t place, double *out) const;
  const Column &column;
  const Preprocess &preprocess;
  const CellForm &form;
  std::vector<int64_t> classes; // of the dictionary's texts
};

} // namespace nnrt

#endif
