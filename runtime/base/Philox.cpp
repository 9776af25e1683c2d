// The ten rounds of Philox 4x32, and the distributions on top.
#include "runtime/base/Philox.h"

#include <cmath>

using namespace nnrt;

PhiloxWords nnrt::philox4x32(PhiloxWords counter, std::array<uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    uint64_t product0 = uint64_t(0xD2511F53u) * counter[0];
    uint64_t product1 = uint64_t(0xCD9E8D57u) * counter[2];
    counter = {uint32_t(product1 >> 32) ^ counter[1] ^ key[0], uint32_t(product1),
               uint32_t(product0 >> 32) ^ counter[3] ^ key[1], uint32_t(product0)};
    key[0] += 0x9E3779B9u;
    key[1] += 0xBB67AE85u;
  }
  return counter;
}

PhiloxWords KeyedRandom::words(uint32_t element) const {
  return philox4x32({element, uint32_t(row), time, purpose}, {uint32_t(seed), uint32_t(seed >> 32)});
}

double KeyedRandom::uniform(uint32_t element) const { return (words(element)[0] >> 8) * 0x1p-24; }

double KeyedRandom::normal(uint32_t element) const {
  PhiloxWords w = words(element);
  double u1 = ((w[0] >> 8) + 1) * 0x1p-24, u2 = (w[1] >> 8) * 0x1p-24;
  return std::sqrt(-2 * std::log(u1)) * std::cos(2 * M_PI * u2);
}

uint64_t KeyedRandom::below(uint32_t element, uint64_t bound) const {
  PhiloxWords w = words(element);
  // The high half of a 64-bit fraction times the bound: the bias is below bound / 2^64.
  return uint64_t((unsigned __int128)(uint64_t(w[1]) << 32 | w[0]) * bound >> 64);
}
