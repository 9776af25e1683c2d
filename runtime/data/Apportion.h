// Whole numbers for shares: how many records of each class a part gets.
#ifndef NN_RUNTIME_DATA_APPORTION_H
#define NN_RUNTIME_DATA_APPORTION_H

#include <cstdint>
#include <vector>

namespace nnrt {

// `total` in parts of these shares, which sum to 1, each to within one: the parts with the largest remainders
// get what is left over, the first of equal ones.
std::vector<int64_t> apportion(int64_t total, const std::vector<double> &shares);

// [class][part]: the same for each class, so that the parts of all classes together are those of the whole.
std::vector<std::vector<int64_t>> apportionClasses(const std::vector<int64_t> &classes,
                                                   const std::vector<double> &shares);

} // namespace nnrt

#endif
