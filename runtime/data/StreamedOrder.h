// The values of a stream in ascending order, in passes over it and in bounded memory: how quantiles and modes
// of records on disk are exact.
#ifndef NN_RUNTIME_DATA_STREAMEDORDER_H
#define NN_RUNTIME_DATA_STREAMEDORDER_H

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace nnrt {

class StreamedOrder {
public:
  // No NaN.
  using Use = std::function<void(double value, int64_t times)>;
  // A pass lists all values, each time the same. At most `most` of them are held.
  StreamedOrder(std::function<void(const Use &)> pass, size_t most) : pass(std::move(pass)), most(most) {}

  // The value at this place, from 0, in ascending order.
  double at(int64_t place) const;
  // All values, equal ones together.
  void each(const Use &use) const;

private:
  // Keys are ordered as values are. `bits` high bits of a key are a range of values.
  struct Range {
    uint64_t prefix = 0;
    int bits = 0;
    bool contains(uint64_t key) const { return bits == 0 || key >> (64 - bits) == prefix; }
  };
  struct Bucket {
    int64_t values = 0, entries = 0; // counted with and without their times
  };
  std::vector<Bucket> buckets(const Range &range) const;
  std::vector<std::pair<double, int64_t>> sorted(uint64_t first, uint64_t last) const;
  void eachIn(const Range &range, const Use &use) const;

  std::function<void(const Use &)> pass;
  size_t most;
  // The values that were gathered last, from this place on: the next question is often about a neighbour.
  mutable std::vector<std::pair<double, int64_t>> gathered;
  mutable int64_t gatheredFirst = 0;
};

} // namespace nnrt

#endif
