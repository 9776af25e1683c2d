// A table whose cells are rounded up or down so that its rows and columns keep their sums always exists
// (controlled rounding: a flow through whole capacities is whole). Each class first takes its largest
// remainders; then, while one part has too many and another too few, a class on the way between them changes
// its choice.
#include "runtime/data/Apportion.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace nnrt;

namespace {

// Shares are decimal fractions that a double does not hold: 70 % of 10 is 7, not 6.999….
int64_t wholePart(double quota) { return int64_t(std::floor(quota + 1e-9)); }

struct Rounding {
  std::vector<int64_t> least;  // rounded down
  std::vector<double> remains; // what was cut off
  std::vector<char> up;        // rounded up instead
};

Rounding roundLargest(int64_t total, const std::vector<double> &shares) {
  Rounding result;
  int64_t left = total;
  for (double share : shares) {
    double quota = share * double(total);
    result.least.push_back(wholePart(quota));
    result.remains.push_back(std::max(0.0, quota - double(result.least.back())));
    left -= result.least.back();
  }
  result.up.resize(shares.size());
  std::vector<size_t> order(shares.size());
  std::iota(order.begin(), order.end(), 0);
  // What differs by rounding errors only is equal.
  auto isLarger = [&](size_t a, size_t b) { return result.remains[a] > result.remains[b] + 1e-9; };
  std::stable_sort(order.begin(), order.end(), isLarger);
  for (size_t i = 0; i < order.size() && left > 0; ++i, --left)
    result.up[order[i]] = 1;
  return result;
}

std::vector<int64_t> countsOf(const Rounding &rounding) {
  std::vector<int64_t> counts = rounding.least;
  for (size_t i = 0; i < counts.size(); ++i)
    counts[i] += rounding.up[i];
  return counts;
}

// The class that loses least by rounding up `to` instead of `from`.
Rounding *bestChange(std::vector<Rounding> &classes, size_t from, size_t to) {
  Rounding *best = nullptr;
  auto gain = [&](const Rounding &one) { return one.remains[to] - one.remains[from]; };
  for (Rounding &one : classes)
    if (one.up[from] && !one.up[to] && one.remains[to] > 1e-9 && (!best || gain(one) > gain(*best)))
      best = &one;
  return best;
}

// Moves one from a part to another, by way of others if need be; false if there is no way.
bool moveOne(std::vector<Rounding> &classes, size_t from, size_t to, std::vector<char> &passed) {
  passed[from] = 1;
  if (Rounding *direct = bestChange(classes, from, to)) {
    direct->up[from] = 0;
    direct->up[to] = 1;
    return true;
  }
  for (size_t way = 0; way < passed.size(); ++way)
    if (!passed[way] && way != to)
      if (Rounding *first = bestChange(classes, from, way)) {
        first->up[from] = 0;
        first->up[way] = 1;
        if (moveOne(classes, way, to, passed))
          return true;
        first->up[from] = 1;
        first->up[way] = 0;
      }
  return false;
}

} // namespace

std::vector<int64_t> nnrt::apportion(int64_t total, const std::vector<double> &shares) {
  return countsOf(roundLargest(total, shares));
}

std::vector<std::vector<int64_t>> nnrt::apportionClasses(const std::vector<int64_t> &counts,
                                                         const std::vector<double> &shares) {
  std::vector<int64_t> surplus(shares.size()); // what the classes give more than the whole asks for
  std::vector<Rounding> classes;
  for (int64_t count : counts) {
    classes.push_back(roundLargest(count, shares));
    std::vector<int64_t> own = countsOf(classes.back());
    for (size_t part = 0; part < shares.size(); ++part)
      surplus[part] += own[part];
  }
  std::vector<int64_t> whole = apportion(std::accumulate(counts.begin(), counts.end(), int64_t(0)), shares);
  for (size_t part = 0; part < shares.size(); ++part)
    surplus[part] -= whole[part];
  for (;;) {
    auto least = std::min_element(surplus.begin(), surplus.end());
    auto most = std::max_element(surplus.begin(), surplus.end());
    std::vector<char> passed(shares.size());
    if (*most <= 0 ||
        !moveOne(classes, size_t(most - surplus.begin()), size_t(least - surplus.begin()), passed))
      break;
    --*most;
    ++*least;
  }
  std::vector<std::vector<int64_t>> table;
  for (const Rounding &one : classes)
    table.push_back(countsOf(one));
  return table;
}
