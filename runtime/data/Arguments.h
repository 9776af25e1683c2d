// The arguments of a generated source: `moons(1000, noise: 0.1)`. A generator asks for each by name, then
// tells that it is done, so that an argument nobody asked for is an error.
#ifndef NN_RUNTIME_DATA_ARGUMENTS_H
#define NN_RUNTIME_DATA_ARGUMENTS_H

#include "runtime/abi/Program.h"
#include "runtime/base/Result.h"

#include <string>
#include <vector>

namespace nnrt {

// The argument of that name, or null.
const nn_value *argumentOf(const nn_call &call, const char *name);

class Arguments {
public:
  Arguments(const nn_call &call, std::string dataSet) : call(call), dataSet(std::move(dataSet)) {}

  // The n-th positional argument, or the one of this name; an integer in [low, high].
  Result<int64_t> integer(const char *name, size_t position, int64_t low, int64_t high);
  // Optional named numbers.
  Result<int64_t> integerOr(const char *name, int64_t otherwise, int64_t low, int64_t high);
  Result<double> numberOr(const char *name, double otherwise, double low, double high);
  Result<bool> flagOr(const char *name, bool otherwise);
  // A path, which has no name.
  Result<std::string> path(size_t position);
  size_t pathCount() const;
  // An optional text or word.
  Result<std::string> textOr(const char *name, const std::string &otherwise);
  Status finish() const;

private:
  const nn_value *named(const char *name);
  const nn_value *positional(size_t position);
  Result<int64_t> wholeNumber(const nn_value &value, const char *name, int64_t low, int64_t high);
  Error mistake(const std::string &what) const;

  const nn_call &call;
  std::string dataSet;
  std::vector<std::string> known;
  size_t knownPositions = 0;
};

} // namespace nnrt

#endif
