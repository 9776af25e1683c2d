// The raw values that a field has in the records of some parts, for passes over them. Which of a record's
// elements these are can be narrowed: to one element, or to those that are no flags.
#ifndef NN_RUNTIME_DATA_REPORT_FIELDVALUES_H
#define NN_RUNTIME_DATA_REPORT_FIELDVALUES_H

#include "runtime/data/Split.h"

#include <algorithm>

namespace nnrt {

struct FieldValues {
  struct Piece {
    const Column *column;
    const Indices *records;
  };
  std::vector<Piece> pieces; // one per part
  // Rows of `stride` elements, of which `count` from `first` on are wanted.
  int64_t first = 0, count = 1, stride = 1;

  template <class Use> void each(const Use &use) const {
    for (const Piece &piece : pieces)
      for (int64_t record : *piece.records)
        piece.column->visit(record, [&](const auto *elements) {
          for (int64_t row = 0; row < piece.column->width; row += stride)
            for (int64_t i = row + first; i < row + first + count; ++i)
              use(double(elements[i]));
        });
  }
};

} // namespace nnrt

#endif
