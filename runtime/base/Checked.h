// Arithmetic for sizes that come from outside. Once a result does not fit, or a limit is passed, the value
// stays invalid, so that a chain of operations needs one test at its end.
#ifndef NN_RUNTIME_BASE_CHECKED_H
#define NN_RUNTIME_BASE_CHECKED_H

#include <cstdint>
#include <optional>

namespace nnrt {

class Checked {
public:
  Checked(uint64_t value) : value(value) {}

  friend Checked operator*(Checked a, Checked b) {
    Checked product(0);
    bool overflow = __builtin_mul_overflow(a.value, b.value, &product.value);
    product.valid = a.valid && b.valid && !overflow;
    return product;
  }
  friend Checked operator+(Checked a, Checked b) {
    Checked sum(0);
    bool overflow = __builtin_add_overflow(a.value, b.value, &sum.value);
    sum.valid = a.valid && b.valid && !overflow;
    return sum;
  }
  // The value when it is valid and at most `limit`.
  std::optional<uint64_t> atMost(uint64_t limit) const {
    return valid && value <= limit ? std::optional(value) : std::nullopt;
  }

private:
  uint64_t value;
  bool valid = true;
};

// How much a data source may take: three quarters of the machine's memory.
uint64_t memoryLimit();

} // namespace nnrt

#endif
