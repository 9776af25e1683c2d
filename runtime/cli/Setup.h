// What `eval` and `predict` share: the weights, and the run that tells how they came to be.
#ifndef NN_RUNTIME_CLI_SETUP_H
#define NN_RUNTIME_CLI_SETUP_H

#include "runtime/cli/Options.h"
#include "runtime/data/Preprocess.h"
#include "runtime/train/Config.h"

namespace nnrt {

// The training of that name; without a name the only one.
Result<const nn_train *> chooseTrain(const nn_program &program, const std::string &name);

// Seed, hyperparameters and data directory come from the run of the weights, else from the newest run, else
// they are the defaults; the command line has the last word.
struct Setup {
  std::string weights;
  RunConfig config;
  HyperValues hypers;
  ReadContext reading;
};
Result<Setup> chooseSetup(const Options &options, const nn_program &program);

// An arena with everything an evaluation or a prediction on these data sets needs.
struct LoadedModel {
  Arena arena;
  Preprocessing preprocessing;
};
Result<LoadedModel> loadModel(const nn_program &program, const std::vector<const nn_data *> &sets,
                              const Setup &setup);

} // namespace nnrt

#endif
