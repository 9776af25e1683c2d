// Where relative paths of a program are looked up, in this order. A directory given on the command line (or
// by the run that weights come from) is the only one: the files of another would be other data.
#ifndef NN_RUNTIME_DATA_DATAROOTS_H
#define NN_RUNTIME_DATA_DATAROOTS_H

#include "runtime/abi/Program.h"
#include "runtime/base/Result.h"

#include <string>
#include <vector>

namespace nnrt {

struct DataRoots {
  std::vector<std::string> directories;
  std::string used; // where the first relative path was found

  static DataRoots of(const std::string &given, const nn_program &program);
  // A file or a folder.
  Result<std::string> find(const std::string &path);
};

} // namespace nnrt

#endif
