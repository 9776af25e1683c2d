// Fisher-Yates with keyed draws; for one number a Feistel network on as many bits as the numbers need,
// applied until the image is one of them (cycle walking; Black, Rogaway: "Ciphers with arbitrary finite
// domains", 2002).
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

int64_t nnrt::permuted(int64_t number, int64_t count, KeyedRandom random) {
  constexpr uint32_t rounds = 6;
  int half = 1;
  while (int64_t(1) << (2 * half) < count)
    ++half;
  uint64_t mask = (uint64_t(1) << half) - 1, image = uint64_t(number);
  do {
    uint64_t left = image >> half, right = image & mask;
    for (uint32_t round = 0; round < rounds; ++round) {
      random.row = right;
      uint64_t mixed = left ^ (random.words(round)[0] & mask);
      left = right;
      right = mixed;
    }
    image = left << half | right;
  } while (image >= uint64_t(count));
  return int64_t(image);
}
