// What belongs to each picture of a set: the folder that it lies in, or a row of a table.
#ifndef NN_RUNTIME_DATA_IMAGE_IMAGELABELS_H
#define NN_RUNTIME_DATA_IMAGE_IMAGELABELS_H

#include "runtime/abi/Program.h"
#include "runtime/data/ReadContext.h"
#include "runtime/data/Table.h"

#include <unordered_map>

namespace nnrt {

// A table of labels: of each file, a cell for each field that is not the picture.
class LabelTable {
public:
  // The first column has the names of the files, the others those of the fields.
  static Result<LabelTable> read(const std::string &path, const std::vector<const nn_field *> &fields,
                                 SkipBad &bad);

  const std::string &path() const { return name; }
  // The cells for a file, by its whole path or its own name; null where the table has no row for it.
  const std::vector<std::string> *find(const std::string &file) const;

private:
  std::string name;
  std::unordered_map<std::string, std::vector<std::string>> rows;
};

// The column of a field, from one text a picture. `paths` are for messages.
Result<Column> labelColumn(const nn_field &field, const std::vector<std::string> &texts, bool areNumbers,
                           const std::string &origin, const std::vector<std::string> &paths);

} // namespace nnrt

#endif
