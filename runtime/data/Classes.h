// The distinct values of a column and how often each occurs: classes to keep in proportion, groups to keep
// together.
#ifndef NN_RUNTIME_DATA_CLASSES_H
#define NN_RUNTIME_DATA_CLASSES_H

#include "runtime/data/Indices.h"

#include <functional>
#include <unordered_map>

namespace nnrt {

// A record's value in a column.
using ValueOf = std::function<double(int64_t record)>;

struct Table;
ValueOf valueOf(const Table &table, size_t column);

class Classes {
public:
  // Without values there is one class.
  Classes(const Indices &records, ValueOf value);

  // In the order in which they occur first.
  const std::vector<int64_t> &counts() const { return sizes; }
  size_t count() const { return sizes.size(); }
  size_t of(int64_t record) const { return value ? places.at(keyOf(value(record))) : 0; }

private:
  static uint64_t keyOf(double value);

  ValueOf value;
  std::unordered_map<uint64_t, size_t> places;
  std::vector<int64_t> sizes;
};

} // namespace nnrt

#endif
