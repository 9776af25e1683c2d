// What the command line says, as one struct.
#ifndef NN_DRIVER_OPTIONS_H
#define NN_DRIVER_OPTIONS_H

#include "compiler/irgen/Irgen.h"
#include "compiler/pipeline/Phases.h"
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nn {

enum class Command { Compile, Check, Run, Format, Explain, Document, Data, Help, Version };

using Sets = std::vector<std::pair<std::string, std::string>>; // name, value

struct Options {
  Command command = Command::Compile;
  std::vector<std::string> files; // one, but for `check`, `fmt` and `doc`
  std::string topic;              // of `explain`: a kind of diagnostic, or ""; of `data`: the table
  std::string output;             // "" when not given
  std::optional<Phase> emit;
  std::string dumpDirectory;
  Precision precision = Precision::F32;
  std::string cpu = "native";
  Sets sets;
  bool jsonErrors = false;
  bool onlyCheck = false;                    // `fmt --check`
  bool html = false;                         // of `doc`
  std::vector<std::string> programArguments; // of `run`, after `--`
};

// `name=value`; nothing if it is not that.
std::optional<std::pair<std::string, std::string>> parseSet(const std::string &text);

// `arguments` without the program's name. Without a result `error` says what is wrong with them.
std::optional<Options> parseOptions(const std::vector<std::string> &arguments, std::string &error);

} // namespace nn
#endif
