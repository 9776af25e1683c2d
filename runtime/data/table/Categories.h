// The categories of a column: the different cells of the training part, in the order of numbers when all are
// numbers, else of their characters. A cell that is none of them has no class, or the one behind the last.
#ifndef NN_RUNTIME_DATA_TABLE_CATEGORIES_H
#define NN_RUNTIME_DATA_TABLE_CATEGORIES_H

#include "runtime/abi/Program.h"
#include "runtime/data/Split.h"

namespace nnrt {

class Categories {
public:
  static Result<Categories> of(const nn_field &field);

  // Learns the cells of these records. More than the program declares are an error.
  Status fit(const Column &column, const Indices &records);
  // The class of each text of the column's dictionary, -1 without one. In place of a missing cell: that of
  // its fill.
  std::vector<int64_t> classesOf(const Column &column) const;
  // Classes there are, with that of unknown cells.
  int64_t count() const { return declared + hasUnknown; }
  // The place in the dictionary of a cell of these records that has no class.
  std::optional<int64_t> unknownIn(const Column &column, const Indices &records) const;

  // Texts as code points, each with a 0 behind it: how the weights file keeps them.
  std::vector<double> stored, mode;
  bool fillsMode = false;

private:
  std::string filled(const Column &column, int64_t place, const std::string &fill) const;
  int64_t declared = 0;
  bool hasUnknown = false;
  std::string field, constant;
};

} // namespace nnrt

#endif
