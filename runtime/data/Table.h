// The records of one source in memory, raw: bytes stay bytes, preprocessing happens when a batch is made.
#ifndef NN_RUNTIME_DATA_TABLE_H
#define NN_RUNTIME_DATA_TABLE_H

#include "runtime/data/Cleaning.h"

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace nnrt {

using Bytes = std::vector<uint8_t>;
using Floats = std::vector<float>;
using Doubles = std::vector<double>;

// The different cells of a column of categories. A record has the place of its cell.
struct Dictionary {
  std::vector<std::string> texts; // the one at missingText stands for a missing cell
  std::vector<int64_t> lines;     // of the file, where each comes first
};
constexpr int64_t missingText = 0;

struct Column {
  std::string origin;                             // for messages: a file or a generator
  std::vector<int64_t> shape;                     // of one record
  int64_t width = 1;                              // elements of one record
  std::variant<Bytes, Floats, Doubles> values;    // [records, width]
  std::shared_ptr<const Dictionary> dictionary{}; // of categories

  double at(int64_t index) const {
    return std::visit([&](const auto &data) { return double(data[size_t(index)]); }, values);
  }
  int64_t records() const {
    return std::visit([](const auto &data) { return int64_t(data.size()); }, values) / (width ? width : 1);
  }
};

struct Table {
  int64_t records = 0;
  std::vector<Column> columns; // one per field, in text order
  Cleaning cleaning;
};

} // namespace nnrt

#endif
