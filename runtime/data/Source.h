// From a `data` block to records in memory: finds files, calls the reader or generator that a split names,
// and holds what came against the fields before anything uses it.
#ifndef NN_RUNTIME_DATA_SOURCE_H
#define NN_RUNTIME_DATA_SOURCE_H

#include "runtime/abi/Program.h"
#include "runtime/base/Result.h"
#include "runtime/data/Table.h"

#include <string>
#include <vector>

namespace nnrt {

enum class SplitName { train, validation, test };
const char *textOf(SplitName name);

// Where relative paths of a program are looked up, in this order. A directory given on the command line (or
// by the run that weights come from) is the only one: the files of another would be other data.
struct DataRoots {
  std::vector<std::string> directories;
  std::string used; // where the first relative path was found

  static DataRoots of(const std::string &given, const nn_program &program);
  Result<std::string> find(const std::string &path);
};

// Whether records of the data set come from files, so that `predict` can read another one.
bool isFileSource(const nn_call &call);
bool isText(const nn_call &call);

// The records of one call in a data set.
Result<Table> loadSource(const nn_data &data, const nn_call &call, SplitName split, uint64_t seed,
                         DataRoots &roots);

// A column must have the field's shape, unit axes aside, and a class label must be below its class count.
Status checkShape(const Column &column, const nn_data &data, const nn_field &field);
Status checkLabels(const Column &column, const nn_field &field);

// Shape of one record of the field.
std::vector<int64_t> recordShape(const nn_field &field);
int64_t elementCount(const std::vector<int64_t> &shape);

} // namespace nnrt

#endif
