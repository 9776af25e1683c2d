// `zscore`: per channel (last axis), the distance from the mean in standard deviations. Mean and population
// standard deviation are those of the training part; a constant channel is divided by 1.
#ifndef NN_RUNTIME_DATA_ZSCORE_H
#define NN_RUNTIME_DATA_ZSCORE_H

#include "runtime/data/Split.h"

#include <functional>

namespace nnrt {

struct ZScore {
  std::vector<double> mean, sd; // per channel
  double apply(double value, int64_t channel) const {
    return (value - mean[size_t(channel)]) / sd[size_t(channel)];
  }
};

// What the steps before this one make of a raw value.
using ValueBefore = std::function<double(double raw, int64_t channel)>;

ZScore fitZScore(const Column &column, const Indices &records, int64_t channels, const ValueBefore &before);

} // namespace nnrt

#endif
