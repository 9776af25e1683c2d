// The training loop: epochs of optimizer steps, validation, curves, weights, and what happens when the loss
// is no longer a number.
#ifndef NN_RUNTIME_TRAIN_TRAINER_H
#define NN_RUNTIME_TRAIN_TRAINER_H

#include "runtime/train/Evaluate.h"
#include "runtime/train/Metrics.h"
#include "runtime/train/Profile.h"

#include <optional>

namespace nnrt {

struct TrainSettings {
  uint64_t seed = 0;
  int64_t epochs = 1;
  bool shuffle = true;
  int64_t logEvery = 0; // steps between rows of the training loss, 0 for none
  std::string run;      // the folder to write to
  bool profile = false; // take the time of each layer
  std::string config;   // for the weights files
};

// Where training stands, for whoever watches.
struct StepReport {
  int64_t epoch, epochs, step, stepsInEpoch; // step counts within the epoch
  int64_t samples;                           // since the epoch began
  double loss;                               // mean since the epoch began
};
struct EpochReport {
  int64_t epoch, epochs;
  int64_t samples;
  std::vector<NamedValue> terms;
  const Evaluation *validation; // NULL without one
};
struct TrainWatcher {
  virtual ~TrainWatcher() = default;
  virtual void onStep(const StepReport &report) = 0;
  virtual void onEpoch(const EpochReport &report) = 0;
};

struct TrainEnd {
  bool interrupted = false;
  int64_t epoch = 0;     // the last one
  int64_t bestEpoch = 0; // 0 when none was completed
};

int64_t stepsPerEpoch(int64_t records, int64_t batch);

class Trainer {
public:
  // The arena holds the initial weights, seed and hyperparameters; `data` a training's data sets.
  Trainer(const nn_program &program, const nn_train &train, Arena &arena,
          const std::vector<TrainingData> &data, Preprocessing &preprocessing, TrainSettings settings,
          TrainWatcher &watcher);
  Result<TrainEnd> run();
  const Profile &profile() const { return timing; }

private:
  // A place in the training; position counts batches of the epoch from 0.
  struct Place {
    int64_t epoch, position;
  };
  int64_t stepNumber(Place place) const { return (place.epoch - 1) * stepsInEpoch + place.position + 1; }

  Place after(Place place) const;
  int64_t rowsOf(Place place) const;
  int64_t firstRow(Place place) const;
  void beginEpoch(int64_t epoch);
  int64_t runStep(Place place, int32_t watch = 0);
  int64_t runTimedStep(Place place);
  void logStep(Place place);
  Evaluation validate(bool checks = false);
  Status runEpoch(int64_t epoch);
  Status finishEpoch(int64_t epoch);
  Status stopHere();
  Error diverged(Place place, const std::string &what, const std::string &cause);
  std::string failedLayer() const;
  std::string causeInTraining(Place place);
  std::string causeInValidation();
  const nn_tensor *firstNonFinite() const;
  Status saveLast();
  Status saveBest();

  const nn_program &program;
  const nn_train &train;
  Arena &arena;
  const std::vector<TrainingData> &data;
  Preprocessing &preprocessing;
  TrainSettings settings;
  TrainWatcher &watcher;

  BatchFeed feed;
  RowMeans means;
  int64_t stepsInEpoch;
  std::optional<MetricsFile> metrics;
  TrainEnd end;
  double bestLoss = 0;
  Profile timing;
};

} // namespace nnrt

#endif
