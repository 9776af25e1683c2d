// Bytes are counted, then summed once per value that occurs: exact, and the same in any order. Other types
// are summed in the order of the records.
#include "runtime/data/ZScore.h"

#include <array>
#include <cmath>
#include <limits>

using namespace nnrt;

namespace {

// One channel: values are added twice, the second time when the mean is known.
struct Moments {
  double count = 0, sum = 0, squares = 0;
  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  double mean = 0;

  void add(double value, double times) {
    count += times;
    sum += times * value;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  // Decided by comparison: rounding must not leave a tiny deviation. NaN compares as nothing, but stays in
  // the sum.
  bool isConstant() const { return !(low < high) && std::isfinite(sum); }
  void findMean() { mean = isConstant() ? low : sum / count; }
  void addSquare(double value, double times) { squares += times * (value - mean) * (value - mean); }
  double deviation() const { return isConstant() ? 1 : std::sqrt(squares / count); }
};

// `forEach(use(channel, value, times))` lists all values.
template <class ForEach> ZScore fit(int64_t channels, const ForEach &forEach) {
  std::vector<Moments> moments(static_cast<size_t>(channels));
  forEach([&](int64_t channel, double value, double times) { moments[size_t(channel)].add(value, times); });
  for (Moments &one : moments)
    one.findMean();
  forEach(
      [&](int64_t channel, double value, double times) { moments[size_t(channel)].addSquare(value, times); });
  ZScore fitted;
  for (const Moments &one : moments) {
    fitted.mean.push_back(one.mean);
    fitted.sd.push_back(one.deviation());
  }
  return fitted;
}

ZScore fitBytes(const Column &column, const Indices &records, int64_t channels, const ValueBefore &before) {
  std::vector<std::array<int64_t, 256>> counts(static_cast<size_t>(channels), std::array<int64_t, 256>{});
  for (int64_t record : records) {
    column.visit(record, [&](const auto *row) {
      for (int64_t i = 0, channel = 0; i < column.width;
           ++i, channel = channel + 1 == channels ? 0 : channel + 1)
        ++counts[size_t(channel)][uint8_t(row[i])];
    });
  }
  return fit(channels, [&](auto use) {
    for (int64_t channel = 0; channel < channels; ++channel)
      for (int value = 0; value < 256; ++value)
        if (int64_t times = counts[size_t(channel)][size_t(value)])
          use(channel, before(value, channel), double(times));
  });
}

} // namespace

ZScore nnrt::fitZScore(const Column &column, const Indices &records, int64_t channels,
                       const ValueBefore &before) {
  if (column.isBytes())
    return fitBytes(column, records, channels, before);
  return fit(channels, [&](auto use) {
    for (int64_t record : records)
      column.visit(record, [&](const auto *row) {
        for (int64_t i = 0, channel = 0; i < column.width;
             ++i, channel = channel + 1 == channels ? 0 : channel + 1)
          use(channel, before(double(row[i]), channel), 1);
      });
  });
}
