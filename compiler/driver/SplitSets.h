// `nnc run` gives each `--set` to the side it concerns: the compilation or the run.
#ifndef NN_DRIVER_SPLITSETS_H
#define NN_DRIVER_SPLITSETS_H

#include "compiler/driver/Options.h"

namespace nn {

struct SplitArguments {
  Sets compiled; // hyperparameters that change the program
  std::vector<std::string>
      others; // the rest, as it was; also malformed ones, which the program refuses itself
};

// `--set name=value` and `--set=name=value` of the names in `compiledHypers` are taken out of the arguments.
SplitArguments splitSets(const std::vector<std::string> &arguments,
                         const std::vector<std::string> &compiledHypers);

} // namespace nn
#endif
