// What the user typed, as one struct.
#ifndef NN_RUNTIME_CLI_OPTIONS_H
#define NN_RUNTIME_CLI_OPTIONS_H

#include "runtime/abi/Program.h"
#include "runtime/cli/CommandLine.h"
#include "runtime/data/Source.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace nnrt {

struct Options {
  Command command = Command::info;
  std::string executable;
  std::string train;     // name of the training, may be empty
  std::string input;     // of predict: a file or a split
  std::string dataSet;   // of data: its name, may be empty
  std::string html;      // of data: a file to write, may be empty
  std::string augmented; // the same
  std::string data, weights;
  std::string out = "runs";
  std::optional<SplitName> split;
  std::optional<int64_t> epochs, seed, threads;
  std::optional<uint64_t> memory; // for records
  int64_t logEvery = 0;
  int64_t skipBad = 0; // bad records that may be left out
  bool shuffle = true, json = false, profile = false;
  std::vector<std::string> set;
};

// Text for stdout instead of a command: help or version.
struct Notice {
  std::string text;
};

Result<std::variant<Options, Notice>> parseOptions(int argc, char **argv, const nn_program &program);

} // namespace nnrt

#endif
