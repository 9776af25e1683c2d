// What reading a data set depends on besides its text: the seed, where files are, the hyperparameters, and
// how many bad records may be left out.
#ifndef NN_RUNTIME_DATA_READCONTEXT_H
#define NN_RUNTIME_DATA_READCONTEXT_H

#include "runtime/data/Cleaning.h"
#include "runtime/data/DataRoots.h"

namespace nnrt {

// Bad records that are left out instead of ending the program: at most `allowed`, never silently.
struct SkipBad {
  int64_t allowed = 0, skipped = 0;
  Cleaning cleaning{}; // what is left out of the good ones

  // Tells of a bad record on stderr and counts it; one too many is the error.
  Status skip(const Error &error);
  // Tells how many there were, if any.
  void tellTotal() const;
};

struct ReadContext {
  uint64_t seed = 0;
  DataRoots roots{};
  std::vector<double> hypers{}; // by index
  SkipBad bad{};

  // A number that may come from a hyperparameter.
  double number(const nn_value &value) const { return value.hyper ? hypers[value.hyper - 1] : value.number; }
};

} // namespace nnrt

#endif
