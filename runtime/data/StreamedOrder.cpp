// A pass counts the values of a range by the next 16 bits of their keys. Neighbouring buckets that fit are
// gathered and sorted in another pass; one that does not fit is a range of its own. When all bits are known,
// a range is one value.
#include "runtime/data/StreamedOrder.h"

#include <algorithm>
#include <cstring>

using namespace nnrt;

namespace {

constexpr int bitsPerPass = 16;
constexpr uint64_t bucketCount = uint64_t(1) << bitsPerPass, signBit = uint64_t(1) << 63;

// Negative numbers have the order of their bits turned round, and both zeros are one value.
uint64_t keyOf(double value) {
  uint64_t bits;
  value = value == 0 ? 0.0 : value;
  memcpy(&bits, &value, sizeof bits);
  return bits & signBit ? ~bits : bits | signBit;
}

double valueOfKey(uint64_t key) {
  uint64_t bits = key & signBit ? key ^ signBit : ~key;
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

} // namespace

std::vector<StreamedOrder::Bucket> StreamedOrder::buckets(const Range &range) const {
  std::vector<Bucket> found(bucketCount);
  int shift = 64 - range.bits - bitsPerPass;
  pass([&](double value, int64_t times) {
    uint64_t key = keyOf(value);
    if (!range.contains(key))
      return;
    Bucket &bucket = found[key >> shift & (bucketCount - 1)];
    bucket.values += times;
    ++bucket.entries;
  });
  return found;
}

// Of the keys in [first, last], equal values joined.
std::vector<std::pair<double, int64_t>> StreamedOrder::sorted(uint64_t first, uint64_t last) const {
  std::vector<std::pair<double, int64_t>> values;
  pass([&](double value, int64_t times) {
    uint64_t key = keyOf(value);
    if (key >= first && key <= last)
      values.emplace_back(valueOfKey(key), times);
  });
  std::sort(values.begin(), values.end());
  size_t kept = 0;
  for (size_t i = 0; i < values.size(); ++i)
    if (i > 0 && values[i].first == values[kept - 1].first)
      values[kept - 1].second += values[i].second;
    else
      values[kept++] = values[i];
  values.resize(kept);
  return values;
}

double StreamedOrder::at(int64_t place) const {
  auto inGathered = [&]() -> const double * {
    int64_t left = place - gatheredFirst;
    for (const auto &[value, times] : gathered)
      if (left >= 0 && (left -= times) < 0)
        return &value;
    return nullptr;
  };
  if (const double *value = inGathered())
    return *value;
  int64_t before = 0;
  for (Range range;;) {
    std::vector<Bucket> counts = buckets(range);
    uint64_t next = 0;
    while (next + 1 < bucketCount && place - before >= counts[next].values)
      before += counts[next++].values;
    range = {range.prefix << bitsPerPass | next, range.bits + bitsPerPass};
    int shift = 64 - range.bits;
    if (shift == 0)
      return valueOfKey(range.prefix);
    if (size_t(counts[next].entries) > most)
      continue;
    uint64_t first = range.prefix << shift;
    counts = {};
    gathered = sorted(first, first + (uint64_t(1) << shift) - 1);
    gatheredFirst = before;
    const double *value = inGathered();
    return value ? *value : valueOfKey(first); // there is no such place
  }
}

void StreamedOrder::each(const Use &use) const { eachIn({}, use); }

void StreamedOrder::eachIn(const Range &range, const Use &use) const {
  std::vector<Bucket> counts = buckets(range);
  int shift = 64 - range.bits - bitsPerPass;
  auto firstKey = [&](uint64_t bucket) { return (range.prefix << bitsPerPass | bucket) << shift; };
  for (uint64_t bucket = 0; bucket < bucketCount; ++bucket) {
    if (counts[bucket].entries == 0)
      continue;
    if (shift == 0) {
      use(valueOfKey(firstKey(bucket)), counts[bucket].values);
      continue;
    }
    if (size_t(counts[bucket].entries) > most) {
      eachIn({range.prefix << bitsPerPass | bucket, range.bits + bitsPerPass}, use);
      continue;
    }
    uint64_t first = bucket;
    size_t held = size_t(counts[bucket].entries);
    while (bucket + 1 < bucketCount && held + size_t(counts[bucket + 1].entries) <= most)
      held += size_t(counts[++bucket].entries);
    for (auto [value, times] : sorted(firstKey(first), firstKey(bucket) + ((uint64_t(1) << shift) - 1)))
      use(value, times);
  }
}
