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
  // A row for a file, which it has by its whole path or its own name.
  struct Row {
    std::vector<std::string> cells;
    int64_t line = 0;
    bool isSkipped = false;   // it was one of the bad records
    bool hasPicture = false;  // it was asked for
    bool isAmbiguous = false; // it stands for several pictures of the set
    std::string picture;      // of the set, the first that it stands for
  };
  // Null where the table has none.
  Row *find(const std::string &file);
  // Tells on stderr how many rows were never asked for, if any.
  void tellUnused(const std::string &place) const;

private:
  std::string name;
  std::unordered_map<std::string, Row> rows;
};

// The column of a field, from one text a picture: the names of classes, or numbers that were found good.
Column labelColumn(const std::vector<std::string> &texts, bool areNumbers, const std::string &origin);

} // namespace nnrt

#endif
