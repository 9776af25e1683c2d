// Where the time of training steps goes: `train --profile`.
#ifndef NN_RUNTIME_TRAIN_PROFILE_H
#define NN_RUNTIME_TRAIN_PROFILE_H

#include "runtime/abi/Mark.h"

#include <chrono>
#include <string>
#include <vector>

namespace nnrt {

class Profile {
public:
  // Around a step, which runs with NN_WATCH_TIME: before its batch is filled, between, and after.
  void beginStep();
  void beginEntry();
  void endStep();

  struct Row {
    std::string name;                           // of a layer; `batches`, `rest`
    std::array<double, NN_STAGES> milliseconds; // a step; 0 in all of `batches`
    double total, share;                        // of the rest: also what is between kernels
  };
  // The slowest first. The first step, in which memory is touched for the first time, counts only if it is
  // alone.
  std::vector<Row> rows(const nn_program &program) const;
  int64_t steps() const { return counted; }

private:
  using Clock = std::chrono::steady_clock;

  Clock::time_point stepStart, entryStart;
  Clock::duration batches{}, entries{};
  int64_t counted = 0;
  bool hasBegun = false, isWarm = false;
};

} // namespace nnrt

#endif
