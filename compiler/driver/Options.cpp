// The command line: a table of options, and rules about what goes together.
#include "compiler/driver/Options.h"
#include "compiler/basic/Suggestion.h"
#include "llvm/ADT/STLExtras.h"

namespace nn {

namespace {

struct OptionInfo {
  const char *name;
  bool takesValue;
};

constexpr OptionInfo knownOptions[] = {{"--output", true}, {"--set", true},          {"--precision", true},
                                       {"--mcpu", true},   {"--emit", true},         {"--dump-phases", true},
                                       {"--format", true}, {"--error-format", true}, {"--check", false},
                                       {"--help", false},  {"--version", false}};

struct CommandInfo {
  const char *name;
  Command command;
  bool needsFile, takesFiles;
  std::vector<std::string> options; // that have a meaning there
};

const CommandInfo commands[] = {
    {"check", Command::Check, true, true, {"--set", "--precision", "--error-format"}},
    {"run", Command::Run, true, false, {"--set", "--precision", "--mcpu", "--dump-phases", "--error-format"}},
    {"fmt", Command::Format, false, true, {"--check", "--error-format"}},
    {"explain", Command::Explain, false, false, {}},
    {"data", Command::Data, false, false, {}},
    {"doc", Command::Document, false, true, {"--output", "--format", "--error-format"}},
    {"",
     Command::Compile,
     true,
     false,
     {"--output", "--set", "--precision", "--mcpu", "--emit", "--dump-phases", "--error-format"}}};

const CommandInfo &infoOf(Command command) {
  return *llvm::find_if(commands, [&](const CommandInfo &info) { return info.command == command; });
}

std::vector<std::string> commandNames() {
  std::vector<std::string> names;
  for (const CommandInfo &info : commands)
    if (*info.name)
      names.push_back(info.name);
  return names;
}

std::string didYouMean(const std::string &name, const std::vector<std::string> &candidates) {
  std::string near = closest(name, candidates);
  return near.empty() ? "" : "; did you mean `" + near + "`?";
}

bool endsWithNn(const std::string &name) {
  return name.size() > 3 && name.compare(name.size() - 3, 3, ".nn") == 0;
}

class Parser {
public:
  Parser(const std::vector<std::string> &arguments, std::string &error)
      : arguments(arguments), error(error) {}

  std::optional<Options> parse();

private:
  bool fail(std::string message) {
    error = std::move(message);
    return false;
  }
  bool parseOption(const std::string &argument);
  bool apply(const std::string &name, const std::string &value);
  bool applyPhase(const std::string &value);
  bool oneOf(const std::string &name, const std::string &value, const std::vector<std::string> &choices);
  bool parsePositional(const std::string &argument);
  bool check();

  const std::vector<std::string> &arguments;
  std::string &error;
  size_t next = 0;
  std::vector<std::string> given; // names of options
  Options options;
};

bool Parser::oneOf(const std::string &name, const std::string &value,
                   const std::vector<std::string> &choices) {
  if (llvm::is_contained(choices, value))
    return true;
  std::string list;
  for (const std::string &choice : choices)
    list += (list.empty() ? "`" : ", `") + choice + "`";
  return fail("`" + name + "` is one of " + list + ", not `" + value + "`" + didYouMean(value, choices));
}

bool Parser::applyPhase(const std::string &value) {
  options.emit = phaseByName(value);
  return options.emit || oneOf("--emit", value, phaseNames());
}

bool Parser::apply(const std::string &name, const std::string &value) {
  if (value.empty())
    return fail("`" + name + "` has an empty value");
  if (name == "--output")
    options.output = value;
  else if (name == "--mcpu")
    options.cpu = value;
  else if (name == "--dump-phases")
    options.dumpDirectory = value;
  else if (name == "--emit")
    return applyPhase(value);
  else if (name == "--precision") {
    options.precision = value == "f64" ? Precision::F64 : Precision::F32;
    return oneOf(name, value, {"f32", "f64"});
  } else if (name == "--format") {
    options.html = value == "html";
    return oneOf(name, value, {"markdown", "html"});
  } else if (name == "--error-format") {
    options.jsonErrors = value == "json";
    return oneOf(name, value, {"text", "json"});
  } else if (name == "--set") {
    auto set = parseSet(value);
    if (!set)
      return fail("`--set` takes name=value, not `" + value + "`");
    for (const auto &other : options.sets)
      if (other.first == set->first)
        return fail("`--set " + set->first + "` is given twice");
    options.sets.push_back(*set);
  }
  return true;
}

bool Parser::parseOption(const std::string &argument) {
  std::string name = argument, value;
  size_t equals = argument.find('=');
  bool hasValue = equals != std::string::npos;
  if (hasValue) {
    name = argument.substr(0, equals);
    value = argument.substr(equals + 1);
  }
  if (name == "-o")
    name = "--output";
  if (name == "-h")
    name = "--help";

  auto known = llvm::find_if(knownOptions, [&](const OptionInfo &info) { return name == info.name; });
  if (known == std::end(knownOptions)) {
    std::vector<std::string> names;
    for (const OptionInfo &info : knownOptions)
      names.push_back(info.name);
    return fail("unknown option `" + name + "`" + didYouMean(name, names));
  }
  if (name != "--set" && llvm::is_contained(given, name))
    return fail("`" + name + "` is given twice");
  given.push_back(name);
  if (!known->takesValue) {
    if (hasValue)
      return fail("`" + name + "` takes no value");
    if (name == "--check")
      options.onlyCheck = true;
    else
      options.command = name == "--help" ? Command::Help : Command::Version;
    return true;
  }
  if (!hasValue) {
    if (next == arguments.size())
      return fail("`" + name + "` needs a value");
    value = arguments[next++];
  }
  return apply(name, value);
}

bool Parser::parsePositional(const std::string &argument) {
  bool first = options.files.empty() && options.command == Command::Compile;
  auto command = llvm::find_if(commands, [&](const CommandInfo &info) { return argument == info.name; });
  if (first && command != std::end(commands))
    options.command = command->command;
  else if (options.command == Command::Explain) {
    if (!options.topic.empty())
      return fail("`nnc explain` takes one kind at a time");
    options.topic = argument;
  } else if (options.command == Command::Data) {
    if (!options.topic.empty())
      return fail("`nnc data` takes one table at a time");
    options.topic = argument;
  } else if (first && !endsWithNn(argument) && !closest(argument, commandNames()).empty())
    return fail("unknown command `" + argument + "`" + didYouMean(argument, commandNames()));
  else if (!endsWithNn(argument))
    return fail("`" + argument + "` is not a `.nn` file");
  else
    options.files.push_back(argument);
  return true;
}

bool Parser::check() {
  if (options.command == Command::Help || options.command == Command::Version)
    return true;
  const CommandInfo &command = infoOf(options.command);
  if (command.needsFile && options.files.empty())
    return fail("no `.nn` file given");
  if (options.command == Command::Data && options.topic.empty())
    return fail("no table given: `nnc data FILE.csv`");
  if (!command.takesFiles && options.files.size() > 1)
    return fail("one `.nn` file at a time, not both `" + options.files[0] + "` and `" + options.files[1] +
                "`");
  for (const std::string &option : given)
    if (!llvm::is_contained(command.options, option))
      return fail("`" + option + "` is not for " +
                  (*command.name ? "`nnc " + std::string(command.name) + "`" : "compiling"));
  if (!options.files.empty() && options.output == options.files[0])
    return fail("the output `" + options.output + "` is the program's own text");
  return true;
}

std::optional<Options> Parser::parse() {
  while (next < arguments.size()) {
    const std::string &argument = arguments[next++];
    if (argument == "--") {
      if (options.command != Command::Run) {
        fail("`--` is for `nnc run FILE.nn -- ARGS...`");
        return std::nullopt;
      }
      options.programArguments.assign(arguments.begin() + next, arguments.end());
      break;
    }
    bool isOption = argument.size() > 1 && argument[0] == '-';
    if (!(isOption ? parseOption(argument) : parsePositional(argument)))
      return std::nullopt;
    if (options.command == Command::Help || options.command == Command::Version)
      break;
  }
  if (!check())
    return std::nullopt;
  return options;
}

} // namespace

std::optional<std::pair<std::string, std::string>> parseSet(const std::string &text) {
  size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
    return std::nullopt;
  return std::make_pair(text.substr(0, equals), text.substr(equals + 1));
}

std::optional<Options> parseOptions(const std::vector<std::string> &arguments, std::string &error) {
  return Parser(arguments, error).parse();
}

} // namespace nn
