// Numbers that describe the values of a channel: exact, whatever their order.
#ifndef NN_RUNTIME_DATA_QUANTILES_H
#define NN_RUNTIME_DATA_QUANTILES_H

#include "runtime/data/StreamedOrder.h"
#include "runtime/data/ValueStep.h"

#include <cmath>
#include <optional>

namespace nnrt {

// The values of one channel in ascending order, each with its number of times. Where records may be on disk,
// no more of them are held than the limit allows: then there are further passes.
class SortedValues {
public:
  // The source must outlive this.
  SortedValues(const ChannelValues &source, int64_t channel);
  int64_t count() const { return total; }
  double smallest() const { return low; }
  double largest() const { return high; }
  // Between the two values around place p (n - 1), linearly, as NumPy's percentile.
  double quantile(double p) const;
  // The most frequent value, the smallest of those.
  double mode() const;

private:
  double at(int64_t place) const;
  void each(const ChannelValues::Use &use) const;
  std::vector<std::pair<double, int64_t>> values;
  std::optional<StreamedOrder> streamed; // instead of them
  int64_t total = 0;
  double low = HUGE_VAL, high = -HUGE_VAL;
};

// Mean and population standard deviation; 0 and 0 of no values. Of a constant channel the deviation is 0.
struct Moments {
  double mean = 0, sd = 0;
  int64_t count = 0;
};
Moments momentsOf(const ChannelValues &values, int64_t channel);

} // namespace nnrt

#endif
