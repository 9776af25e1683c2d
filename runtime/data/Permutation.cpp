// Fisher-Yates with keyed draws.
#include "runtime/data/Permutation.h"

#include <numeric>

using namespace nnrt;

std::vector<int64_t> nnrt::permutation(int64_t count, KeyedRandom random) {
  std::vector<int64_t> order(static_cast<size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  for (int64_t i = count - 1; i > 0; --i) {
    random.row = uint64_t(i) >> 32; // the element is 32 bits wide
    std::swap(order[size_t(i)], order[size_t(random.below(uint32_t(i), uint64_t(i) + 1))]);
  }
  return order;
}
