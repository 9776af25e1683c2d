// Bytes are counted, then summed once per value that occurs: exact, and the same in any order. Other types
// are summed in the order of the records.
#include "runtime/data/ZScore.h"

#include <array>
#include <cmath>
#include <limits>

using namespace nnrt;

namespace {

// Mean and deviation of the values that `forEach(use(value, count))` lists.
template <class ForEach> void fitChannel(const ForEach &forEach, double &mean, double &sd) {
  double count = 0, sum = 0, squares = 0;
  double low = std::numeric_limits<double>::infinity(), high = -low;
  forEach([&](double value, double times) {
    count += times;
    sum += times * value;
    low = std::min(low, value);
    high = std::max(high, value);
  });
  // Decided by comparison: rounding must not leave a tiny deviation. NaN compares as nothing, but stays in
  // the sum.
  bool constant = !(low < high) && std::isfinite(sum);
  mean = constant ? low : sum / count;
  forEach([&](double value, double times) { squares += times * (value - mean) * (value - mean); });
  sd = constant ? 1 : std::sqrt(squares / count);
}

ZScore fitBytes(const Bytes &values, const Column &column, const Indices &records, int64_t channels,
                const ValueBefore &before) {
  std::vector<std::array<int64_t, 256>> counts(static_cast<size_t>(channels), std::array<int64_t, 256>{});
  for (int64_t record : records) {
    const uint8_t *row = &values[size_t(record * column.width)];
    for (int64_t i = 0, channel = 0; i < column.width;
         ++i, channel = channel + 1 == channels ? 0 : channel + 1)
      ++counts[size_t(channel)][row[i]];
  }
  ZScore fitted{std::vector<double>(counts.size()), std::vector<double>(counts.size())};
  for (size_t channel = 0; channel < counts.size(); ++channel)
    fitChannel(
        [&](auto use) {
          for (int value = 0; value < 256; ++value)
            if (int64_t times = counts[channel][size_t(value)])
              use(before(value, int64_t(channel)), double(times));
        },
        fitted.mean[channel], fitted.sd[channel]);
  return fitted;
}

} // namespace

ZScore nnrt::fitZScore(const Column &column, const Indices &records, int64_t channels,
                       const ValueBefore &before) {
  if (auto *bytes = std::get_if<Bytes>(&column.values))
    return fitBytes(*bytes, column, records, channels, before);
  ZScore fitted{std::vector<double>(size_t(channels)), std::vector<double>(size_t(channels))};
  for (int64_t channel = 0; channel < channels; ++channel)
    fitChannel(
        [&](auto use) {
          for (int64_t record : records)
            for (int64_t i = channel; i < column.width; i += channels)
              use(before(column.at(record * column.width + i), channel), 1);
        },
        fitted.mean[size_t(channel)], fitted.sd[size_t(channel)]);
  return fitted;
}
