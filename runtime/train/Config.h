// `config.json` of a run: what makes the run, so that `eval` and `predict` see the same data in the same way.
// What of it is not of this machine is in the weights files as well, which may be taken elsewhere.
#ifndef NN_RUNTIME_TRAIN_CONFIG_H
#define NN_RUNTIME_TRAIN_CONFIG_H

#include "runtime/train/Hypers.h"

#include <map>

namespace nnrt {

struct RunConfig {
  std::string program, train;
  uint64_t seed = 0;
  int64_t epochs = 0, batch = 0, steps = 0;
  bool shuffle = true;
  std::string data;    // directory that relative data paths were found in, or empty
  std::string weights; // file that training started from, or empty
  std::map<std::string, double> hypers;
};

// The part that is in weights files.
std::string portableConfig(const RunConfig &config, const nn_program &program);
Status writeConfig(const std::string &path, const RunConfig &config, const nn_program &program);
Result<RunConfig> readConfig(const std::string &path);
// Of either form; `what` is for messages.
Result<RunConfig> parseConfig(const std::string &text, const std::string &what);

} // namespace nnrt

#endif
