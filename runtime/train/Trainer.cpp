// Every batch is a function of (seed, epoch, position), so a step can be run again exactly: that is how the
// layer where a loss broke is found.
#include "runtime/train/Trainer.h"
#include "runtime/abi/Check.h"
#include "runtime/base/Text.h"
#include "runtime/train/Interrupt.h"
#include "runtime/train/RunFolder.h"
#include "runtime/train/Weights.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;

int64_t nnrt::stepsPerEpoch(int64_t records, int64_t batch) { return (records + batch - 1) / batch; }

namespace {
std::vector<const Split *> trainSplits(const std::vector<TrainingData> &data) {
  std::vector<const Split *> splits;
  splits.reserve(data.size());
  for (const TrainingData &one : data)
    splits.push_back(&one.train);
  return splits;
}
} // namespace

Trainer::Trainer(const nn_program &program, const nn_train &train, Arena &arena,
                 const std::vector<TrainingData> &data, Preprocessing &preprocessing, TrainSettings settings,
                 TrainWatcher &watcher)
    : program(program), train(train), arena(arena), data(data), preprocessing(preprocessing),
      settings(std::move(settings)), watcher(watcher),
      feed(dataSetsOf(program, train), trainSplits(data), preprocessing,
           {/*isTraining=*/true, this->settings.shuffle, this->settings.seed}),
      means(train.terms, train.term_count), stepsInEpoch(stepsPerEpoch(data[0].train.size(), train.batch)) {}

Result<TrainEnd> Trainer::run() {
  NNRT_ASSIGN(metrics, MetricsFile::create(metricsIn(settings.run)));
  NNRT_TRY(feed.augment(settings.seed));
  arena.writeInteger(program.epochs, settings.epochs);
  arena.writeInteger(program.steps, settings.epochs * stepsInEpoch);
  if (settings.epochs == 0) { // the initial weights are the result
    NNRT_TRY(saveLast());
    NNRT_TRY(saveBest());
  }
  for (int64_t epoch = 1; epoch <= settings.epochs && !end.interrupted; ++epoch)
    NNRT_TRY(runEpoch(epoch));
  return end;
}

void Trainer::beginEpoch(int64_t epoch) {
  arena.writeInteger(program.epoch, epoch);
  means.reset();
}

Trainer::Place Trainer::after(Place place) const {
  bool isLast = place.position + 1 == stepsInEpoch;
  return isLast ? Place{place.epoch + 1, 0} : Place{place.epoch, place.position + 1};
}

int64_t Trainer::rowsOf(Place place) const {
  return std::min(train.batch, data[0].train.size() - place.position * train.batch);
}

// Rows before it since the beginning.
int64_t Trainer::firstRow(Place place) const {
  return (place.epoch - 1) * data[0].train.size() + place.position * train.batch;
}

// Leaves the terms in the arena; returns the rows of the batch.
int64_t Trainer::runStep(Place place, int32_t watch) {
  int64_t rows = rowsOf(place);
  feed.fill(arena.data(), firstRow(place), rows);
  // While layers are timed, all threads are theirs.
  if (Place next = after(place); next.epoch <= settings.epochs && !(watch & NN_WATCH_TIME))
    feed.prepare(firstRow(next), rowsOf(next));
  arena.writeInteger(program.step, stepNumber(place));
  if (watch & NN_WATCH_TIME)
    timing.beginEntry();
  train.step(arena.data(), rows, watch);
  return rows;
}

int64_t Trainer::runTimedStep(Place place) {
  timing.beginStep();
  int64_t rows = runStep(place, NN_WATCH_TIME);
  timing.endStep();
  return rows;
}

void Trainer::logStep(Place place) {
  int64_t step = stepNumber(place);
  if (settings.logEvery == 0 || step % settings.logEvery != 0)
    return;
  for (uint32_t i = 0; i < train.term_count; ++i)
    metrics->add(step, place.epoch, "train", train.terms[i].name, arena.numberText(train.terms[i].value));
}

Status Trainer::runEpoch(int64_t epoch) {
  arena.takeSnapshot();
  beginEpoch(epoch);
  end.epoch = epoch;
  int64_t samples = 0;
  for (Place place{epoch, 0}; place.position < stepsInEpoch; ++place.position) {
    int64_t rows = settings.profile ? runTimedStep(place) : runStep(place);
    NNRT_TRY(recordFailure());
    double loss = arena.number(train.terms[0].value);
    logStep(place);
    if (!std::isfinite(loss))
      return diverged(place, "the loss is " + shortest(loss), causeInTraining(place));
    means.add(arena, rows);
    samples += rows;
    watcher.onStep({epoch, settings.epochs, place.position + 1, stepsInEpoch, samples, means.mean(0)});
    if (metrics->isFull())
      NNRT_TRY(metrics->flush());
    if (wasInterrupted())
      return stopHere();
  }
  return finishEpoch(epoch);
}

// A data set without a validation part lends its train part.
Evaluation Trainer::validate(bool checks) {
  std::vector<const Split *> splits;
  splits.reserve(data.size());
  for (const TrainingData &one : data)
    splits.push_back(one.validation ? &*one.validation : &one.train);
  return evaluate(program, train, arena, splits, preprocessing, checks);
}

Status Trainer::finishEpoch(int64_t epoch) {
  Place lastPlace{epoch, stepsInEpoch - 1};
  int64_t step = stepNumber(lastPlace);
  if (const nn_tensor *bad = firstNonFinite())
    return diverged(lastPlace, std::string("the step left NaN or infinity in `") + bad->name + "`",
                    causeInTraining(lastPlace));
  std::vector<NamedValue> terms = means.means();
  for (const NamedValue &term : terms)
    metrics->add(step, epoch, "train", term.name, shortest(term.value));
  Evaluation validation;
  if (data[0].validation) {
    validation = validate();
    NNRT_TRY(recordFailure());
    for (const auto *values : {&validation.terms, &validation.measures})
      for (const NamedValue &value : *values)
        metrics->add(step, epoch, "validation", value.name, shortest(value.value));
    if (!std::isfinite(validation.loss()))
      return diverged(lastPlace, "the validation loss after it is " + shortest(validation.loss()),
                      causeInValidation());
  }
  NNRT_TRY(metrics->flush());
  NNRT_TRY(saveLast());
  if (!data[0].validation || end.bestEpoch == 0 || validation.loss() < bestLoss) {
    NNRT_TRY(saveBest());
    end.bestEpoch = epoch;
    bestLoss = validation.loss();
  }
  watcher.onEpoch({epoch, settings.epochs, data[0].train.size(), std::move(terms),
                   data[0].validation ? &validation : nullptr});
  return Done{};
}

Status Trainer::stopHere() {
  end.interrupted = true;
  if (firstNonFinite())
    arena.restoreSnapshot();
  NNRT_TRY(metrics->flush());
  NNRT_TRY(saveLast());
  return end.bestEpoch == 0 ? saveBest() : Status(Done{});
}

const nn_tensor *Trainer::firstNonFinite() const {
  auto search = [&](const nn_tensor *tensors, uint32_t count) -> const nn_tensor * {
    for (uint32_t i = 0; i < count; ++i)
      for (int64_t k = 0, elements = elementCount(tensors[i]); k < elements; ++k)
        if (!std::isfinite(arena.number(tensors[i], k)))
          return &tensors[i];
    return nullptr;
  };
  const nn_tensor *bad = search(program.parameters, program.parameter_count);
  return bad ? bad : search(program.states, program.state_count);
}

// What the checks of the last run say.
std::string Trainer::failedLayer() const {
  int64_t check = firstFailedCheck();
  if (check >= 0 && check < int64_t(program.check_count))
    return "the first NaN or infinity comes out of `" + std::string(program.checks[check]) + "`";
  return "the outputs of all layers are finite";
}

std::string Trainer::causeInValidation() {
  resetChecks();
  validate(/*checks=*/true);
  return failedLayer();
}

// Runs the epoch again from the checkpoint at its start, up to this step, and this one with checks.
std::string Trainer::causeInTraining(Place place) {
  arena.restoreSnapshot();
  beginEpoch(place.epoch);
  for (Place earlier{place.epoch, 0}; earlier.position < place.position; ++earlier.position)
    runStep(earlier);
  resetChecks();
  runStep(place, NN_WATCH_CHECKS);
  return failedLayer();
}

Error Trainer::diverged(Place place, const std::string &what, const std::string &cause) {
  std::string message = "training diverged at step " + std::to_string(stepNumber(place)) + " (epoch " +
                        std::to_string(place.epoch) + "): " + what + "; " + cause;
  arena.restoreSnapshot();
  Status kept = metrics->flush();
  if (kept)
    kept = saveLast();
  if (kept && end.bestEpoch == 0)
    kept = saveBest();
  message += kept ? "\nthe last good weights, from before epoch " + std::to_string(place.epoch) +
                        ", are in `" + lastWeightsIn(settings.run) + "`"
                  : "\nthe last good weights could not be saved: " + kept.error().message;
  return {exitDiverged, message};
}

Status Trainer::saveLast() {
  return saveWeights(lastWeightsIn(settings.run), program, arena, preprocessing, settings.config);
}
Status Trainer::saveBest() {
  return saveWeights(bestWeightsIn(settings.run), program, arena, preprocessing, settings.config);
}
