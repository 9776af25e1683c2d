// The bits of a double, with the sign turned, ascend as the numbers do. Each pass finds 16 more of the bits
// of every wanted value: it counts the values that share the bits found so far by their next 16.
#include "runtime/data/report/OrderStatistics.h"

#include <cmath>
#include <cstring>

using namespace nnrt;

namespace {

constexpr uint64_t signBit = uint64_t(1) << 63;
constexpr int digitBits = 16, digits = 64 / digitBits;
constexpr uint64_t digitCount = uint64_t(1) << digitBits;

uint64_t keyOf(double value) {
  uint64_t bits;
  value += 0.0; // one zero
  memcpy(&bits, &value, sizeof bits);
  return bits & signBit ? ~bits : bits | signBit;
}

double valueOf(uint64_t key) {
  uint64_t bits = key & signBit ? key & ~signBit : ~key;
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

struct Wanted {
  uint64_t prefix = 0;
  int64_t rank; // among the values with this prefix
};

struct Bucket {
  uint64_t prefix;
  std::vector<int64_t> counts;
};

std::vector<Bucket> bucketsFor(const std::vector<Wanted> &wanted) {
  std::vector<Bucket> buckets;
  for (const Wanted &one : wanted)
    if (std::none_of(buckets.begin(), buckets.end(), [&](auto &b) { return b.prefix == one.prefix; }))
      buckets.push_back({one.prefix, std::vector<int64_t>(digitCount)});
  return buckets;
}

void narrow(Wanted &wanted, const std::vector<Bucket> &buckets) {
  auto bucket = std::find_if(buckets.begin(), buckets.end(),
                             [&](const Bucket &one) { return one.prefix == wanted.prefix; });
  uint64_t digit = 0;
  while (wanted.rank >= bucket->counts[digit])
    wanted.rank -= bucket->counts[digit++];
  wanted.prefix = wanted.prefix << digitBits | digit;
}

} // namespace

std::vector<double> nnrt::valuesAtPlaces(const FieldValues &values, const std::vector<int64_t> &places) {
  std::vector<Wanted> wanted;
  for (int64_t place : places)
    wanted.push_back({0, place});
  for (int digit = 0; digit < digits; ++digit) {
    int below = digitBits * (digits - 1 - digit);
    std::vector<Bucket> buckets = bucketsFor(wanted);
    values.each([&](double value) {
      if (!std::isfinite(value))
        return;
      uint64_t key = keyOf(value) >> below, prefix = key >> digitBits;
      for (Bucket &bucket : buckets)
        if (bucket.prefix == prefix)
          ++bucket.counts[key & (digitCount - 1)];
    });
    for (Wanted &one : wanted)
      narrow(one, buckets);
  }
  std::vector<double> found;
  for (const Wanted &one : wanted)
    found.push_back(valueOf(one.prefix));
  return found;
}

std::vector<double> nnrt::quantiles(const FieldValues &values, int64_t n, const std::vector<double> &shares) {
  std::vector<int64_t> places;
  for (double share : shares) {
    auto below = int64_t(share * double(n - 1));
    places.push_back(below);
    places.push_back(std::min(below + 1, n - 1));
  }
  std::vector<double> found = valuesAtPlaces(values, places), result;
  for (size_t i = 0; i < shares.size(); ++i) {
    double place = shares[i] * double(n - 1), rest = place - std::floor(place);
    result.push_back(found[2 * i] + rest * (found[2 * i + 1] - found[2 * i]));
  }
  return result;
}
