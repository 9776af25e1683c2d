// The only file that sees CLI11, and the only one in which an exception is caught by type.
#include "runtime/cli/Options.h"
#include "runtime/base/Text.h"
#include "runtime/base/ThreadPool.h"
#include "runtime/data/Split.h"
#include "runtime/train/Hypers.h"

#include <CLI/CLI.hpp>

using namespace nnrt;

namespace {

constexpr int64_t maxEpochs = 1'000'000'000;

// Texts as typed; turned into Options when CLI11 is done.
struct Raw {
  Options options;
  std::string epochs, seed, threads, memory, logEvery, split, skipBad;
  bool noShuffle = false;
};

void addSourceOptions(CLI::App &app, Raw &raw) {
  app.add_option("--data", raw.options.data, "directory that relative data paths are looked up in")
      ->type_name("DIR");
  app.add_option("--seed", raw.seed, "key of all randomness (default: 0; eval and predict: the run's)")
      ->type_name("N");
  app.add_option("--threads", raw.threads, "threads (default: all cores); results do not depend on it")
      ->type_name("N");
  app.add_option(
         "--memory", raw.memory,
         "memory for records, as 256MB; what passes it goes to a temporary file in $TMPDIR, else beside "
         "the runs (default: what there is)")
      ->type_name("SIZE");
  app.add_option("--skip-bad", raw.skipBad, "leave out at most N records that cannot be read, and tell them")
      ->type_name("N");
  app.add_option("--set", raw.options.set, "value of a hyperparameter")
      ->type_name("NAME=VALUE")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
}

void addDataOptions(CLI::App &app, Raw &raw) {
  addSourceOptions(app, raw);
  app.add_option("--out", raw.options.out, "directory of runs (default: runs)")->type_name("DIR");
}

void addReadingOptions(CLI::App &app, Raw &raw) {
  app.add_option("--weights", raw.options.weights, "weights file (default: the best of the newest run)")
      ->type_name("FILE");
  app.add_option("--split", raw.split,
                 "train, validation or test (default: test, else validation, else train)")
      ->type_name("SPLIT");
  app.add_flag("--json", raw.options.json, "print one JSON object");
}

void addDataCommand(CLI::App &app, Raw &raw) {
  CLI::App *data = app.add_subcommand(
      "data", "what the data are like: parts, types, missing cells, ranges, classes, outliers, duplicates");
  data->add_option("name", raw.options.dataSet, "which data set (default: all of the program)")
      ->type_name("NAME");
  addSourceOptions(*data, raw);
  data->add_option("--split", raw.split, "only this part: train, validation or test")->type_name("SPLIT");
  data->add_option("--html", raw.options.html, "also write a page with charts and pictures")
      ->type_name("FILE");
  data->add_option(
          "--augmented", raw.options.augmented,
          "also write a PNG: 8 records of the training part, each beside what `augment` makes of it in "
          "epochs 1 to 7")
      ->type_name("FILE");
  data->add_flag("--json", raw.options.json, "print one JSON object");
}

void addCommands(CLI::App &app, Raw &raw, const std::string &footer) {
  CLI::App *train = app.add_subcommand("train", "train, and write weights and curves into a new run");
  train->add_option("name", raw.options.train, "which training, when the program has several")
      ->type_name("NAME");
  addDataOptions(*train, raw);
  train->add_option("--epochs", raw.epochs, "epochs to train")->type_name("N");
  train->add_option("--weights", raw.options.weights, "weights file to start from")->type_name("FILE");
  train->add_flag("--no-shuffle", raw.noShuffle, "visit records in the order of the file");
  train->add_option("--log-every", raw.logEvery, "also write the training loss of every N-th step")
      ->type_name("N");

  train->add_flag("--profile", raw.options.profile, "measure each layer, and print the table at the end");

  CLI::App *eval = app.add_subcommand("eval", "loss and measures of trained weights on a split");
  eval->add_option("name", raw.options.train, "which training's loss, when the program has several")
      ->type_name("NAME");
  addDataOptions(*eval, raw);
  addReadingOptions(*eval, raw);

  CLI::App *predict =
      app.add_subcommand("predict", "values of the `predict` expression, a CSV row a record, no header");
  predict->add_option("input", raw.options.input, "a file in the format of the data source, or a split")
      ->type_name("INPUT");
  addDataOptions(*predict, raw);
  addReadingOptions(*predict, raw);

  addDataCommand(app, raw);

  CLI::App *summary =
      app.add_subcommand("summary", "layers with shapes, parameters, multiply-adds and bytes");
  CLI::App *config =
      app.add_subcommand("config", "hyperparameters: type, default, range, meaning, and where they are set");
  CLI::App *info =
      app.add_subcommand("info", "what is compiled in: data, trainings, hyperparameters, memory");
  for (CLI::App *app : {summary, config, info})
    app->add_flag("--json", raw.options.json, "print one JSON object");
  for (CLI::App *command : {train, eval, predict, app.get_subcommand("data")})
    command->footer(footer);
}

Status parseCount(const std::string &text, const char *flag, int64_t low, int64_t high,
                  std::optional<int64_t> &to) {
  if (text.empty())
    return Done{};
  auto value = parseInteger(text);
  if (!value || *value < low || *value > high)
    return usageError(std::string(flag) + " takes a whole number from " + std::to_string(low) + " to " +
                      std::to_string(high) + ", not `" + text + "`");
  to = *value;
  return Done{};
}

constexpr uint64_t leastMemory = 1'000'000;

Status parseMemory(const std::string &text, std::optional<uint64_t> &to) {
  if (text.empty())
    return Done{};
  to = parseByteCount(text);
  if (!to || *to < leastMemory)
    return usageError("--memory takes a number of bytes from 1MB, as 256MB or 1.5GiB, not `" + text + "`");
  return Done{};
}

Result<Options> finish(Raw &raw) {
  Options &options = raw.options;
  NNRT_TRY(parseCount(raw.epochs, "--epochs", 0, maxEpochs, options.epochs));
  NNRT_TRY(parseCount(raw.seed, "--seed", 0, INT64_MAX, options.seed));
  NNRT_TRY(parseCount(raw.threads, "--threads", 1, maxThreads, options.threads));
  NNRT_TRY(parseMemory(raw.memory, options.memory));
  std::optional<int64_t> logEvery;
  NNRT_TRY(parseCount(raw.logEvery, "--log-every", 1, INT64_MAX, logEvery));
  options.logEvery = logEvery.value_or(0);
  std::optional<int64_t> skipBad;
  NNRT_TRY(parseCount(raw.skipBad, "--skip-bad", 0, INT64_MAX, skipBad));
  options.skipBad = skipBad.value_or(0);
  options.shuffle = !raw.noShuffle;
  if (!raw.split.empty()) {
    options.split = parseSplit(raw.split);
    if (!options.split)
      return usageError("unknown split `" + raw.split + "`" +
                        suggestion(raw.split, {"train", "validation", "test"}));
  }
  if (options.out.empty())
    return usageError("--out takes a directory");
  return options;
}

// Every flag and command, for suggestions.
std::vector<std::string> knownWords(const CLI::App &app) {
  std::vector<std::string> words;
  for (const CLI::Option *option : app.get_options())
    for (const std::string &name : option->get_lnames())
      words.push_back("--" + name);
  for (const CLI::App *command : app.get_subcommands({})) {
    words.push_back(command->get_name());
    for (const std::string &word : knownWords(*command))
      words.push_back(word);
  }
  return words;
}

// "train, eval and predict": the commands that have a flag; empty where none has it.
std::string commandsWith(const CLI::App &app, const std::string &flag) {
  std::vector<std::string> names;
  for (const CLI::App *command : app.get_subcommands({}))
    if (command->get_option_no_throw(flag))
      names.push_back("`" + command->get_name() + "`");
  std::string text;
  for (size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

Error unknownWords(const CLI::App &app) {
  std::vector<std::string> extras = app.remaining(true);
  if (extras.empty())
    return usageError("unexpected argument");
  std::string word = extras[0].substr(0, extras[0].find('='));
  if (std::string commands = commandsWith(app, word); word[0] == '-' && !commands.empty())
    return usageError("`" + word + "` belongs behind " + commands);
  return usageError("unexpected argument `" + extras[0] + "`" + suggestion(word, knownWords(app)));
}

Command commandOf(const CLI::App &app) {
  struct Named {
    const char *name;
    Command command;
  };
  for (Named named :
       {Named{"train", Command::train}, Named{"eval", Command::eval}, Named{"predict", Command::predict},
        Named{"data", Command::data}, Named{"summary", Command::summary}, Named{"config", Command::config}})
    if (app.got_subcommand(named.name))
      return named.command;
  return Command::info;
}

} // namespace

std::string nnrt::hyperHelp(const nn_program &program) {
  if (program.hyper_count == 0)
    return "";
  std::string text = "Hyperparameters (--set name=value):\n";
  for (uint32_t i = 0; i < program.hyper_count; ++i) {
    const nn_hyper &hyper = program.hypers[i];
    std::string line = std::string("  ") + hyper.name + " = " + hyperText(hyper, hyper.value);
    if (std::string range = rangeText(hyper); !range.empty())
      line += " " + range;
    if (hyper.compiled)
      line += "  (compiled in)";
    if (hyper.doc && *hyper.doc)
      line += std::string("  ") + hyper.doc;
    text += line + "\n";
  }
  return text;
}

Result<std::variant<Options, Notice>> nnrt::parseOptions(int argc, char **argv, const nn_program &program) {
  Raw raw;
  raw.options.executable = argc > 0 ? argv[0] : program.name;
  CLI::App app(std::string("The network program `") + program.name + "`, compiled by " + program.compiler +
                   ".",
               raw.options.executable);
  bool version = false;
  app.add_flag("--version", version, "print versions");
  addCommands(app, raw, hyperHelp(program));
  app.footer(hyperHelp(program));
  app.require_subcommand(0, 1);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp &) {
    return std::variant<Options, Notice>(Notice{app.help()});
  } catch (const CLI::ExtrasError &) {
    return unknownWords(app);
  } catch (const CLI::ParseError &error) {
    return usageError(error.what());
  }
  if (version)
    return std::variant<Options, Notice>(
        Notice{std::string(program.name) + ", compiled by " + program.compiler + "\n"});
  if (app.get_subcommands().empty())
    return usageError("no command given: train, eval, predict, data, summary, config or info (see --help)");
  raw.options.command = commandOf(app);
  NNRT_ASSIGN(Options options, finish(raw));
  return std::variant<Options, Notice>(std::move(options));
}
