// `train`: data, initial weights, a new run folder, the loop, and where everything went.
#include "runtime/base/File.h"
#include "runtime/base/Text.h"
#include "runtime/cli/Commands.h"
#include "runtime/cli/Output.h"
#include "runtime/cli/Progress.h"
#include "runtime/cli/Setup.h"
#include "runtime/train/Interrupt.h"
#include "runtime/train/InverseStates.h"
#include "runtime/train/RunFolder.h"
#include "runtime/train/Weights.h"

#include <cstdio>

using namespace nnrt;

namespace {

// --epochs, else the hyperparameter that sets them, else the text.
Result<int64_t> epochsOf(const Options &options, const nn_train &train, const HyperValues &hypers) {
  if (options.epochs)
    return *options.epochs;
  if (train.epochs_hyper < 0)
    return train.epochs;
  double epochs = hypers[size_t(train.epochs_hyper)];
  if (!(epochs >= 0 && epochs <= 1e9))
    return usageError("cannot train for " + shortest(epochs) + " epochs");
  return int64_t(epochs);
}

RunConfig describe(const Options &options, const nn_program &program, const nn_train &train,
                   const HyperValues &hypers, const DataRoots &roots, int64_t epochs, int64_t records) {
  RunConfig config;
  config.program = program.name;
  config.train = train.name;
  config.seed = uint64_t(options.seed.value_or(0));
  config.epochs = epochs;
  config.batch = train.batch;
  config.steps = epochs * stepsPerEpoch(records, train.batch);
  config.shuffle = options.shuffle;
  config.data = !roots.used.empty() ? roots.used : options.data.empty() ? "" : absolutePath(options.data);
  config.weights = options.weights.empty() ? "" : absolutePath(options.weights);
  for (uint32_t i = 0; i < program.hyper_count; ++i)
    config.hypers[program.hypers[i].name] = hypers[i];
  return config;
}

Result<std::vector<TrainingData>> loadAndFit(const std::vector<const nn_data *> &sets, ReadContext &context,
                                             Preprocessing &preprocessing) {
  std::vector<TrainingData> all;
  Preprocess *fields = preprocessing.data();
  for (const nn_data *data : sets) {
    NNRT_ASSIGN(TrainingData records, loadTrainingData(*data, context));
    NNRT_TRY(fitPreprocessing(fields, records.train));
    NNRT_TRY(checkPreprocessing(fields, records.train));
    if (records.validation)
      NNRT_TRY(checkPreprocessing(fields, *records.validation));
    all.push_back(std::move(records));
    fields += data->field_count;
  }
  NNRT_TRY(recordFailure());
  context.bad.tellTotal();
  return all;
}

void sayEnd(const TrainEnd &end, const std::string &run) {
  if (end.interrupted)
    fprintf(stderr, "interrupted in epoch %lld; the weights as they are now are saved\n",
            (long long)end.epoch);
  fprintf(stderr, "curves:  %s\nweights: %s", metricsIn(run).c_str(), bestWeightsIn(run).c_str());
  if (end.bestEpoch > 0)
    fprintf(stderr, " (epoch %lld)", (long long)end.bestEpoch);
  fprintf(stderr, ", %s\n", lastWeightsIn(run).c_str());
}

std::string fixed(double value, int digits) {
  char buffer[64];
  snprintf(buffer, sizeof buffer, "%.*f", digits, value);
  return buffer;
}

std::string profileText(const Profile &profile, const nn_program &program) {
  std::vector<std::vector<std::string>> table = {
      {"layer", "forward", "backward", "optimizer", "ms a step", "share"}};
  auto add = [&](const std::string &name, const std::array<double, NN_STAGES> &stages, double total,
                 const std::string &share) {
    std::vector<std::string> &row = table.emplace_back(std::vector<std::string>{name});
    for (double milliseconds : stages)
      row.push_back(milliseconds > 0 ? fixed(milliseconds, 3) : "");
    row.push_back(fixed(total, 3));
    row.push_back(share);
  };
  std::array<double, NN_STAGES> stages = {};
  double total = 0;
  for (const Profile::Row &row : profile.rows(program)) {
    add(row.name, row.milliseconds, row.total, fixed(100 * row.share, 1) + "%");
    for (size_t stage = 0; stage < stages.size(); ++stage)
      stages[stage] += row.milliseconds[stage];
    total += row.total;
  }
  add("total", stages, total, "");
  return tableText(table, {false, true, true, true, true, true}) + "mean of " +
         std::to_string(profile.steps()) + " steps\n";
}

} // namespace

Result<int> nnrt::trainCommand(const Options &options, const nn_program &program) {
  NNRT_ASSIGN(const nn_train *train, chooseTrain(program, options.train));
  HyperValues hypers(program);
  NNRT_TRY(hypers.setAll(options.set, options.executable));
  NNRT_ASSIGN(int64_t epochs, epochsOf(options, *train, hypers));
  uint64_t seed = uint64_t(options.seed.value_or(0));
  ReadContext context{seed, DataRoots::of(options.data, program), hypers.all(), {options.skipBad}};
  std::vector<const nn_data *> sets = dataSetsOf(program, *train);
  NNRT_ASSIGN(Preprocessing preprocessing, preprocessingOf(sets));
  NNRT_ASSIGN(std::vector<TrainingData> records, loadAndFit(sets, context, preprocessing));

  NNRT_ASSIGN(Arena arena, Arena::create(program));
  arena.writeInteger(program.seed, int64_t(seed));
  hypers.write(arena);
  program.init(arena.data(), program.batch, 0);
  if (!options.weights.empty())
    NNRT_TRY(loadWeights(options.weights, program, arena, nullptr));
  writeInverseStates(program, sets, preprocessing, arena);

  NNRT_ASSIGN(std::string run, createRunFolder(options.out, train->name));
  RunConfig config =
      describe(options, program, *train, hypers, context.roots, epochs, records[0].train.size());
  NNRT_TRY(writeConfig(configIn(run), config, program));
  watchForInterrupt();
  Progress progress;
  Trainer trainer(program, *train, arena, records, preprocessing,
                  {seed, epochs, options.shuffle, options.logEvery, run, options.profile,
                   portableConfig(config, program)},
                  progress);
  Result<TrainEnd> end = trainer.run();
  progress.close();
  if (!end)
    return end.error();
  sayEnd(*end, run);
  if (options.profile) {
    printOut(profileText(trainer.profile(), program));
    NNRT_TRY(finishOutput());
  }
  return int(end->interrupted ? exitInterrupted : exitOk);
}
