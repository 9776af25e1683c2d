// The name a user may have meant.
#ifndef NN_BASIC_SUGGESTION_H
#define NN_BASIC_SUGGESTION_H

#include <string>
#include <string_view>
#include <vector>

namespace nn {

// The candidate nearest to `name`, or "" if none is near: at most a third of its letters inserted, removed,
// replaced or swapped with their neighbour. A difference in case alone is always near. The first of equals
// wins.
std::string closest(std::string_view name, const std::vector<std::string> &candidates);

} // namespace nn
#endif
