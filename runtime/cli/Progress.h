// Progress on stderr: a live line on a terminal, else one plain line an epoch.
#ifndef NN_RUNTIME_CLI_PROGRESS_H
#define NN_RUNTIME_CLI_PROGRESS_H

#include "runtime/train/Trainer.h"

#include <chrono>

namespace nnrt {

class Progress : public TrainWatcher {
public:
  Progress();
  void onStep(const StepReport &report) override;
  void onEpoch(const EpochReport &report) override;
  // Ends an unfinished live line, so that a message begins on a line of its own.
  void close();

private:
  using Clock = std::chrono::steady_clock;
  double secondsSince(Clock::time_point start) const;

  bool live;
  bool lineOpen = false;
  Clock::time_point trainStart, epochStart, lastStep, lastDrawn;
};

// `0:42`, `1:02:03`.
std::string durationText(double seconds);
// The live line, cut to the width of the terminal.
std::string progressLine(const StepReport &report, double epochSeconds, double trainSeconds, int columns);

} // namespace nnrt

#endif
