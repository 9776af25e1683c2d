// Values of the hyperparameters: defaults, then those of the run that weights come from, then `--set`.
#ifndef NN_RUNTIME_TRAIN_HYPERS_H
#define NN_RUNTIME_TRAIN_HYPERS_H

#include "runtime/train/Arena.h"

#include <string>
#include <vector>

namespace nnrt {

// `true`, `128`, `0.001`.
std::string hyperText(const nn_hyper &hyper, double value);
// `in log(1e-05, 0.1)`, `from 1 to 9`, or empty.
std::string rangeText(const nn_hyper &hyper);

class HyperValues {
public:
  explicit HyperValues(const nn_program &program);

  // All `name=value` of the command line. `executable` is for the command that compiles other values in.
  Status setAll(const std::vector<std::string> &assignments, const std::string &executable);
  // A value for a run-time hyperparameter, checked against type and range.
  Status set(size_t index, double value);
  double operator[](size_t index) const { return values[index]; }
  const std::vector<double> &all() const { return values; }
  void write(Arena &arena) const;

private:
  Result<size_t> find(const std::string &name) const;
  Error compiledInError(const std::vector<std::string> &settings, const std::string &executable) const;

  const nn_program &program;
  std::vector<double> values;
};

} // namespace nnrt

#endif
