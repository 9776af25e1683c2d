// Values of the command line, read and checked.
#include "runtime/cli/Options.h"
#include "runtime/base/Text.h"
#include "runtime/base/ThreadPool.h"
#include "runtime/cli/Help.h"
#include "runtime/data/Split.h"

using namespace nnrt;

namespace {

constexpr int64_t maxEpochs = 1'000'000'000;
constexpr uint64_t leastMemory = 1'000'000;

Status readCount(const CommandLine &line, const char *option, int64_t low, int64_t high,
                 std::optional<int64_t> &to) {
  if (!line.has(option))
    return Done{};
  std::string text = line.valueOf(option);
  auto value = parseInteger(text);
  if (!value || *value < low || *value > high)
    return usageError(std::string(option) + " takes a whole number from " + std::to_string(low) + " to " +
                      std::to_string(high) + ", not `" + text + "`");
  to = *value;
  return Done{};
}

Status readCount(const CommandLine &line, const char *option, int64_t low, int64_t high, int64_t &to) {
  std::optional<int64_t> count;
  NNRT_TRY(readCount(line, option, low, high, count));
  to = count.value_or(to);
  return Done{};
}

Status readMemory(const CommandLine &line, std::optional<uint64_t> &to) {
  if (!line.has("--memory"))
    return Done{};
  std::string text = line.valueOf("--memory");
  to = parseByteCount(text);
  if (!to || *to < leastMemory)
    return usageError("--memory takes a number of bytes from 1MB, as 256MB or 1.5GiB, not `" + text + "`");
  return Done{};
}

Status readSplit(const CommandLine &line, std::optional<SplitName> &to) {
  if (!line.has("--split"))
    return Done{};
  std::string text = line.valueOf("--split");
  to = parseSplit(text);
  if (!to)
    return usageError("unknown split `" + text + "`" + suggestion(text, {"train", "validation", "test"}));
  return Done{};
}

Status readCounts(const CommandLine &line, Options &options) {
  NNRT_TRY(readCount(line, "--epochs", 0, maxEpochs, options.epochs));
  NNRT_TRY(readCount(line, "--seed", 0, INT64_MAX, options.seed));
  NNRT_TRY(readCount(line, "--threads", 1, maxThreads, options.threads));
  NNRT_TRY(readCount(line, "--log-every", 1, INT64_MAX, options.logEvery));
  return readCount(line, "--skip-bad", 0, INT64_MAX, options.skipBad);
}

void readInput(const CommandLine &line, Options &options) {
  switch (options.command) {
  case Command::predict:
    options.input = line.input;
    break;
  case Command::data:
    options.dataSet = line.input;
    break;
  default:
    options.train = line.input;
  }
}

Result<Options> optionsOf(const CommandLine &line, const std::string &executable) {
  Options options;
  options.executable = executable;
  options.command = *line.command;
  readInput(line, options);
  NNRT_TRY(readCounts(line, options));
  NNRT_TRY(readMemory(line, options.memory));
  NNRT_TRY(readSplit(line, options.split));
  options.data = line.valueOf("--data");
  options.weights = line.valueOf("--weights");
  options.html = line.valueOf("--html");
  options.augmented = line.valueOf("--augmented");
  if (line.has("--out"))
    options.out = line.valueOf("--out");
  options.shuffle = !line.has("--no-shuffle");
  options.json = line.has("--json");
  options.profile = line.has("--profile");
  for (const auto &[name, value] : line.options)
    if (name == "--set")
      options.set.push_back(value);
  return options;
}

} // namespace

Result<std::variant<Options, Notice>> nnrt::parseOptions(int argc, char **argv, const nn_program &program) {
  using Outcome = std::variant<Options, Notice>;
  std::string executable = argc > 0 ? argv[0] : program.name;
  NNRT_ASSIGN(CommandLine line, readCommandLine({argv + std::min(argc, 1), argv + argc}));
  if (line.help)
    return Outcome(Notice{helpText(line.command, executable, program)});
  if (line.version)
    return Outcome(Notice{std::string(program.name) + ", compiled by " + program.compiler + "\n"});
  if (!line.command)
    return usageError("no command given: train, eval, predict, data, summary, config or info (see --help)");
  NNRT_ASSIGN(Options options, optionsOf(line, executable));
  return Outcome(std::move(options));
}
