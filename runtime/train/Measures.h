// Measures of a whole split: totals gathered over the calls of `eval`, then a few nodes on them. Everything
// here is in double, and records are joined in their order, so the size of a batch changes nothing.
#ifndef NN_RUNTIME_TRAIN_MEASURES_H
#define NN_RUNTIME_TRAIN_MEASURES_H

#include "runtime/train/Arena.h"

namespace nnrt {

struct MeasuredValue {
  std::string name;
  std::vector<int64_t> shape; // empty for a number
  std::vector<double> values;
};

// One total: of a tensor that holds a value for each record, or one for the call.
class Total {
public:
  explicit Total(const nn_total &total) : total(total) {}
  void add(const Arena &arena, int64_t rows);
  std::vector<double> finish() const;

private:
  void addMoments(double value, size_t channel);

  const nn_total &total;
  std::vector<double> sums;    // or maxima, minima, means, the last values; pairs of an area
  std::vector<double> squares; // of distances from the means
  int64_t count = 0;           // elements a channel
};

class Measures {
public:
  explicit Measures(const nn_train &train);
  void add(const Arena &arena, int64_t rows);
  std::vector<MeasuredValue> finish() const;

private:
  const nn_train &train;
  std::vector<Total> totals;
  int64_t rows = 0;
};

// The area under the curve of true over false positives; pairs are a score and whether the record is
// positive. Equal scores count half (Mann and Whitney 1947). NaN if one side is empty.
double rankArea(std::vector<double> pairs);

} // namespace nnrt

#endif
