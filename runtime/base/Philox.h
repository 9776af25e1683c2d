// Philox 4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC'11), a keyed
// function rather than a generator: a number depends on (seed, purpose, step or epoch, row, element) and on
// nothing that happened before. Compiled programs contain the same function.
#ifndef NN_RUNTIME_BASE_PHILOX_H
#define NN_RUNTIME_BASE_PHILOX_H

#include <array>
#include <cstdint>
#include <string_view>

namespace nnrt {

using PhiloxWords = std::array<uint32_t, 4>;

PhiloxWords philox4x32(PhiloxWords counter, std::array<uint32_t, 2> key);

// 32-bit FNV-1a: names become purposes.
constexpr uint32_t purposeOf(std::string_view name) {
  uint32_t hash = 2166136261u;
  for (char c : name)
    hash = (hash ^ uint8_t(c)) * 16777619u;
  return hash;
}

// The numbers of one purpose, time (step or epoch) and row; `element` chooses among them.
struct KeyedRandom {
  uint64_t seed;
  uint32_t purpose;
  uint32_t time = 0;
  uint64_t row = 0;

  PhiloxWords words(uint32_t element) const;
  double uniform(uint32_t element) const;                 // [0, 1), 24 bits
  double normal(uint32_t element) const;                  // Box-Muller
  uint64_t below(uint32_t element, uint64_t bound) const; // [0, bound)
};

// Draws the elements of a KeyedRandom one after the other.
class RandomStream {
public:
  explicit RandomStream(KeyedRandom numbers) : numbers(numbers) {}
  double uniform() { return numbers.uniform(next++); }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  double normal() { return numbers.normal(next++); }
  double normal(double mean, double sd) { return mean + sd * normal(); }
  uint64_t below(uint64_t bound) { return numbers.below(next++, bound); }

private:
  KeyedRandom numbers;
  uint32_t next = 0;
};

} // namespace nnrt

#endif
