// Values at given places of the ascending order, exact, in a few passes and a fixed amount of memory: however
// many there are, they are neither copied nor sorted.
#ifndef NN_RUNTIME_DATA_REPORT_ORDERSTATISTICS_H
#define NN_RUNTIME_DATA_REPORT_ORDERSTATISTICS_H

#include "runtime/data/report/FieldValues.h"

namespace nnrt {

// The finite values at these places, counted from 0 among the finite ones.
std::vector<double> valuesAtPlaces(const FieldValues &values, const std::vector<int64_t> &places);

// Between the two values around place p (n - 1), linearly, as NumPy's percentile; n finite values, n > 0.
std::vector<double> quantiles(const FieldValues &values, int64_t n, const std::vector<double> &shares);

} // namespace nnrt

#endif
