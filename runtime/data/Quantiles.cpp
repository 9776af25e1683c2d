#include "runtime/data/Quantiles.h"
#include "runtime/data/RecordStore.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace nnrt;

void ChannelValues::each(int64_t channel, const Use &use) const {
  all(channel, [&](double value, int64_t times) {
    if (!std::isnan(value))
      use(value, times);
  });
}

SortedValues::SortedValues(const ChannelValues &source, int64_t channel) {
  size_t most = spillsRecords() ? std::max<size_t>(windowBytes() / 64, 1024) : SIZE_MAX;
  source.each(channel, [&](double value, int64_t times) {
    low = std::min(low, value);
    high = std::max(high, value);
    total += times;
    if (values.size() < most)
      values.emplace_back(value, times);
    else if (!streamed)
      streamed.emplace([&source, channel](const StreamedOrder::Use &use) { source.each(channel, use); },
                       most);
  });
  if (streamed)
    values = {};
  std::sort(values.begin(), values.end());
}

double SortedValues::at(int64_t place) const {
  if (streamed)
    return streamed->at(place);
  if (int64_t(values.size()) == total)
    return values[size_t(place)].first;
  for (const auto &[value, times] : values)
    if ((place -= times) < 0)
      return value;
  return values.back().first;
}

void SortedValues::each(const ChannelValues::Use &use) const {
  if (streamed)
    return streamed->each(use);
  for (const auto &[value, times] : values)
    use(value, times);
}

double SortedValues::quantile(double p) const {
  double place = p * double(total - 1);
  auto below = int64_t(place);
  double low = at(below), high = at(std::min(below + 1, total - 1));
  return low + (high - low) * (place - double(below));
}

double SortedValues::mode() const {
  int64_t most = 0, run = 0;
  double best = 0, last = NAN;
  each([&](double value, int64_t times) {
    run = value == last ? run + times : times;
    last = value;
    if (run > most) {
      most = run;
      best = value;
    }
  });
  return best;
}

// Decided by comparison: rounding must not leave a tiny deviation of a constant channel.
Moments nnrt::momentsOf(const ChannelValues &values, int64_t channel) {
  Moments moments;
  double sum = 0, squares = 0;
  double low = std::numeric_limits<double>::infinity(), high = -low;
  values.each(channel, [&](double value, int64_t times) {
    moments.count += times;
    sum += double(times) * value;
    low = std::min(low, value);
    high = std::max(high, value);
  });
  if (moments.count == 0)
    return moments;
  moments.mean = low < high ? sum / double(moments.count) : low;
  values.each(channel, [&](double value, int64_t times) {
    squares += double(times) * (value - moments.mean) * (value - moments.mean);
  });
  moments.sd = low < high ? std::sqrt(squares / double(moments.count)) : 0;
  return moments;
}
