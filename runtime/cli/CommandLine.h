// The words of a command line: which there may be, as tables, and which there are.
#ifndef NN_RUNTIME_CLI_COMMANDLINE_H
#define NN_RUNTIME_CLI_COMMANDLINE_H

#include "runtime/base/Result.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nnrt {

enum class Command { train, eval, predict, data, summary, config, info };

struct CommandForm {
  const char *name;
  Command command;
  const char *input; // what the word behind it is; null: there is none
  const char *inputHelp;
  const char *help;
};

struct OptionForm {
  const char *name;  // with its dashes
  const char *value; // what stands behind it; null: nothing
  const char *help;
  std::vector<Command> commands; // where it has a meaning
  bool repeated = false;         // may be given more than once
};

const std::vector<CommandForm> &commandForms();
const std::vector<OptionForm> &optionForms();
bool belongsTo(const OptionForm &form, Command command);

// Words that are known and stand where they may; values are as they were typed.
struct CommandLine {
  bool help = false, version = false; // then nothing else need be there
  std::optional<Command> command;
  std::string input;
  std::vector<std::pair<std::string, std::string>> options; // a value is not empty, but for what takes none

  bool has(const std::string &option) const;
  std::string valueOf(const std::string &option) const; // empty: it is not there
};

Result<CommandLine> readCommandLine(const std::vector<std::string> &words);

} // namespace nnrt

#endif
