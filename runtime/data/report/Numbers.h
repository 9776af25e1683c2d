// What the numbers of a field are like.
#ifndef NN_RUNTIME_DATA_REPORT_NUMBERS_H
#define NN_RUNTIME_DATA_REPORT_NUMBERS_H

#include "runtime/data/report/FieldValues.h"

namespace nnrt {

struct Numbers {
  int64_t count = 0, missing = 0; // finite values, and the others
  // 0 where there is no value. The deviation is that of the population, as for `zscore`.
  double smallest = 0, lowerQuartile = 0, median = 0, upperQuartile = 0, largest = 0, mean = 0, sd = 0;
  // Further than 1.5 interquartile ranges below the lower or above the upper quartile.
  int64_t outliers = 0;
  // Values in parts of this width, from the smallest on; the last has its upper border too.
  double binWidth = 0;
  std::vector<int64_t> histogram;
};

Numbers numbersOf(const FieldValues &values);

} // namespace nnrt

#endif
