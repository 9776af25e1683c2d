// Finds weights and the configuration beside them, then fills an arena.
#include "runtime/cli/Setup.h"
#include "runtime/base/File.h"
#include "runtime/base/Text.h"
#include "runtime/train/InverseStates.h"
#include "runtime/train/RunFolder.h"
#include "runtime/train/Safetensors.h"
#include "runtime/train/Weights.h"

#include <algorithm>
#include <cstdio>

using namespace nnrt;

namespace {

// The configuration that goes with the weights: beside them, else their own, else that of the newest run,
// else none.
Result<RunConfig> configFor(const Options &options, const nn_program &program,
                            const SafetensorsHeader &weights) {
  std::string beside = configIn(parentDirectory(weights.path));
  if (options.weights.empty())
    return readConfig(beside);
  if (fileExists(beside))
    if (auto config = readConfig(beside); config && config->program == program.name)
      return config;
  auto own = weights.metadata.find("config"), of = weights.metadata.find("program");
  if (own != weights.metadata.end() && of != weights.metadata.end() && of->second == program.name)
    return parseConfig(own->second, "`" + weights.path + "`: its configuration");
  if (auto run = newestRunFolder(options.out, program.name, options.train))
    return readConfig(configIn(*run));
  return RunConfig();
}

Status applyConfig(HyperValues &hypers, const RunConfig &config, const nn_program &program) {
  for (uint32_t i = 0; i < program.hyper_count; ++i) {
    auto value = config.hypers.find(program.hypers[i].name);
    if (program.hypers[i].compiled || value == config.hypers.end())
      continue;
    if (Status set = hypers.set(i, value->second); !set)
      return dataError("the run's configuration: " + set.error().message);
  }
  return Done{};
}

} // namespace

Result<const nn_train *> nnrt::chooseTrain(const nn_program &program, const std::string &name) {
  if (program.train_count == 0)
    return usageError(std::string("`") + program.name + "` has no `train`");
  if (name.empty() && program.train_count == 1)
    return &program.trains[0];
  std::vector<std::string> names;
  std::string list;
  for (uint32_t i = 0; i < program.train_count; ++i) {
    if (name == program.trains[i].name)
      return &program.trains[i];
    names.push_back(program.trains[i].name);
    list += (i ? ", `" : "`") + names.back() + "`";
  }
  if (name.empty())
    return usageError("the program has several trainings, name one: " + list);
  std::string close = suggestion(name, names);
  return usageError("unknown training `" + name + "`" + (close.empty() ? "; there is " + list : close));
}

Result<Setup> nnrt::chooseSetup(const Options &options, const nn_program &program) {
  Setup setup{options.weights, {}, HyperValues(program), {}};
  NNRT_TRY(setup.hypers.setAll(options.set, options.executable)); // a usage error comes before one of files
  if (setup.weights.empty()) {
    NNRT_ASSIGN(std::string run, newestRunFolder(options.out, program.name, options.train));
    setup.weights = bestWeightsIn(run);
    fprintf(stderr, "weights: %s\n", setup.weights.c_str());
  }
  // A bad file is told of before what else may be missing.
  NNRT_ASSIGN(SafetensorsHeader header, readSafetensorsHeader(setup.weights));
  NNRT_ASSIGN(setup.config, configFor(options, program, header));
  NNRT_TRY(applyConfig(setup.hypers, setup.config, program));
  NNRT_TRY(setup.hypers.setAll(options.set, options.executable));
  setup.reading = {options.seed ? uint64_t(*options.seed) : setup.config.seed,
                   DataRoots::of(options.data.empty() ? setup.config.data : options.data, program),
                   setup.hypers.all(),
                   {options.skipBad}};
  return setup;
}

Result<LoadedModel> nnrt::loadModel(const nn_program &program, const std::vector<const nn_data *> &sets,
                                    const Setup &setup) {
  NNRT_ASSIGN(Arena arena, Arena::create(program));
  NNRT_ASSIGN(Preprocessing preprocessing, preprocessingOf(sets));
  arena.writeInteger(program.seed, int64_t(setup.reading.seed));
  setup.hypers.write(arena);
  // What a schedule or a loss sees is the end of the training.
  for (const nn_tensor *scalar : {&program.step, &program.steps})
    arena.writeInteger(*scalar, std::max<int64_t>(1, setup.config.steps));
  for (const nn_tensor *scalar : {&program.epoch, &program.epochs})
    arena.writeInteger(*scalar, std::max<int64_t>(1, setup.config.epochs));
  NNRT_TRY(loadWeights(setup.weights, program, arena, &preprocessing));
  writeInverseStates(program, sets, preprocessing, arena);
  return LoadedModel{std::move(arena), std::move(preprocessing)};
}
