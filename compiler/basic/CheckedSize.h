// Arithmetic on sizes that come from outside (a program's shapes, a file's header): no result instead of a
// wrong one. Zero and negative operands are allowed; whether they make sense is the caller's question.
#ifndef NN_BASIC_CHECKEDSIZE_H
#define NN_BASIC_CHECKEDSIZE_H

#include <cstdint>
#include <optional>

namespace nn {

inline std::optional<int64_t> checkedAdd(int64_t a, int64_t b) {
  int64_t sum;
  if (__builtin_add_overflow(a, b, &sum))
    return std::nullopt;
  return sum;
}

inline std::optional<int64_t> checkedSubtract(int64_t a, int64_t b) {
  int64_t difference;
  if (__builtin_sub_overflow(a, b, &difference))
    return std::nullopt;
  return difference;
}

inline std::optional<int64_t> checkedMultiply(int64_t a, int64_t b) {
  int64_t product;
  if (__builtin_mul_overflow(a, b, &product))
    return std::nullopt;
  return product;
}

} // namespace nn
#endif
