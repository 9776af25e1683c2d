// Tables and a reader of our own: a library for this would bring the streams and locales of C++ along, a
// sixth of an executable.
#include "runtime/cli/CommandLine.h"
#include "runtime/base/Text.h"

#include <algorithm>

using namespace nnrt;

namespace {

constexpr Command train = Command::train, eval = Command::eval, predict = Command::predict,
                  data = Command::data, summary = Command::summary, config = Command::config,
                  info = Command::info;

// The commands an option has a meaning for, as "`train`, `eval` and `predict`"; empty if none.
std::string commandsWith(const std::string &option) {
  std::vector<const char *> names;
  for (const CommandForm &command : commandForms())
    for (const OptionForm &form : optionForms())
      if (form.name == option && belongsTo(form, command.command))
        names.push_back(command.name);
  std::string text;
  for (size_t i = 0; i < names.size(); ++i)
    text += std::string(i == 0 ? "`" : i + 1 == names.size() ? " and `" : ", `") + names[i] + "`";
  return text;
}

Error unexpected(const char *what, const std::string &word) {
  std::vector<std::string> known{"--help", "--version"};
  for (const OptionForm &form : optionForms())
    known.push_back(form.name);
  for (const CommandForm &form : commandForms())
    known.push_back(form.name);
  return usageError(std::string(what) + " `" + word + "`" +
                    suggestion(word.substr(0, word.find('=')), known));
}

class Reader {
public:
  explicit Reader(const std::vector<std::string> &words) : words(words) {}

  Result<CommandLine> read() {
    if (askedFor({"-h", "--help"}))
      line.help = true;
    if (askedFor({"--version"}))
      line.version = true;
    while (next < words.size()) {
      const std::string &word = words[next++];
      bool dashed = !onlyInputs && word.size() > 1 && word[0] == '-';
      if (dashed)
        NNRT_TRY(readDashed(word));
      else
        NNRT_TRY(readPlain(word));
    }
    return std::move(line);
  }

private:
  // A value never begins with two dashes, so these words are always meant.
  bool askedFor(std::initializer_list<const char *> names) const {
    auto end = std::find(words.begin(), words.end(), "--");
    return std::find_first_of(words.begin(), end, names.begin(), names.end()) != end;
  }

  Status readPlain(const std::string &word) {
    if (!line.command)
      return readCommand(word);
    if (!command->input || !line.input.empty())
      return unexpected("unexpected argument", word);
    line.input = word;
    return Done{};
  }

  Status readCommand(const std::string &word) {
    for (const CommandForm &form : commandForms())
      if (word == form.name) {
        command = &form;
        line.command = form.command;
        return Done{};
      }
    return unexpected("unknown command", word);
  }

  Status readDashed(const std::string &word) {
    if (word == "--") {
      onlyInputs = true;
      return Done{};
    }
    if (word == "-h" || word == "--help" || word == "--version")
      return Done{};
    std::string name = word.substr(0, word.find('='));
    NNRT_ASSIGN(const OptionForm *form, formOf(name, word));
    if (line.has(name) && form->value && !form->repeated)
      return usageError("`" + name + "` is there twice");
    std::optional<std::string> attached;
    if (name.size() < word.size())
      attached = word.substr(name.size() + 1);
    NNRT_ASSIGN(std::string value, form->value ? valueFor(*form, attached) : nothingFor(*form, attached));
    line.options.push_back({name, value});
    return Done{};
  }

  Result<const OptionForm *> formOf(const std::string &name, const std::string &word) {
    for (const OptionForm &form : optionForms())
      if (name == form.name && line.command && belongsTo(form, *line.command))
        return &form;
    if (std::string commands = commandsWith(name); !commands.empty())
      return usageError("`" + name + "` belongs behind " + commands);
    return unexpected("unknown option", word);
  }

  Result<std::string> valueFor(const OptionForm &form, const std::optional<std::string> &attached) {
    std::string value;
    if (attached)
      value = *attached;
    else if (next < words.size() && words[next].rfind("--", 0) != 0)
      value = words[next++];
    if (value.empty())
      return usageError(std::string("`") + form.name + "` takes a value: `" + form.name + " " + form.value +
                        "`");
    return value;
  }

  Result<std::string> nothingFor(const OptionForm &form, const std::optional<std::string> &attached) {
    if (attached)
      return usageError(std::string("`") + form.name + "` takes no value");
    return std::string();
  }

  const std::vector<std::string> &words;
  size_t next = 0;
  bool onlyInputs = false; // behind `--`
  const CommandForm *command = nullptr;
  CommandLine line;
};

} // namespace

const std::vector<CommandForm> &nnrt::commandForms() {
  static const std::vector<CommandForm> forms{
      {"train", train, "NAME", "which training, when the program has several",
       "train, and write weights and curves into a new run"},
      {"eval", eval, "NAME", "which training's loss, when the program has several",
       "loss and measures of trained weights on a split"},
      {"predict", predict, "INPUT", "a file in the format of the data source, or a split",
       "values of the `predict` expression, a CSV row a record, no header"},
      {"data", data, "NAME", "which data set (default: all of the program)",
       "what the data are like: parts, types, missing cells, ranges, classes, outliers, duplicates"},
      {"summary", summary, nullptr, nullptr, "layers with shapes, parameters, multiply-adds and bytes"},
      {"config", config, nullptr, nullptr,
       "hyperparameters: type, default, range, meaning, and where they are set"},
      {"info", info, nullptr, nullptr, "what is compiled in: data, trainings, hyperparameters, memory"}};
  return forms;
}

const std::vector<OptionForm> &nnrt::optionForms() {
  static const std::vector<OptionForm> forms{
      {"--data", "DIR", "directory that relative data paths are looked up in", {train, eval, predict, data}},
      {"--epochs", "N", "epochs to train", {train}},
      {"--seed", "N", "key of all randomness (default: 0)", {train, data}},
      {"--seed", "N", "key of all randomness (default: the run's)", {eval, predict}},
      {"--threads",
       "N",
       "threads (default: all cores); results do not depend on it",
       {train, eval, predict, data}},
      {"--memory",
       "SIZE",
       "memory for records, as 256MB; what passes it goes to a temporary file in $TMPDIR, else beside the "
       "runs "
       "(default: what there is)",
       {train, eval, predict, data}},
      {"--skip-bad",
       "N",
       "leave out at most N records that cannot be read, and tell them",
       {train, eval, predict, data}},
      {"--set", "NAME=VALUE", "value of a hyperparameter", {train, eval, predict, data}, true},
      {"--out", "DIR", "directory of runs (default: runs)", {train, eval, predict}},
      {"--weights", "FILE", "weights file to start from", {train}},
      {"--weights", "FILE", "weights file (default: the best of the newest run)", {eval, predict}},
      {"--no-shuffle", nullptr, "visit records in the order of the file", {train}},
      {"--log-every", "N", "also write the training loss of every N-th step", {train}},
      {"--profile", nullptr, "measure each layer, and print the table at the end", {train}},
      {"--split",
       "SPLIT",
       "train, validation or test (default: test, else validation, else train)",
       {eval, predict}},
      {"--split", "SPLIT", "only this part: train, validation or test", {data}},
      {"--html", "FILE", "also write a page with charts and pictures", {data}},
      {"--augmented",
       "FILE",
       "also write a PNG: 8 records of the training part, each beside what `augment` makes of it in epochs 1 "
       "to 7",
       {data}},
      {"--json", nullptr, "print one JSON object", {eval, predict, data, summary, config, info}}};
  return forms;
}

bool nnrt::belongsTo(const OptionForm &form, Command command) {
  return std::find(form.commands.begin(), form.commands.end(), command) != form.commands.end();
}

bool CommandLine::has(const std::string &option) const {
  return std::any_of(options.begin(), options.end(),
                     [&](const auto &given) { return given.first == option; });
}

std::string CommandLine::valueOf(const std::string &option) const {
  for (const auto &[name, value] : options)
    if (name == option)
      return value;
  return "";
}

Result<CommandLine> nnrt::readCommandLine(const std::vector<std::string> &words) {
  return Reader(words).read();
}
