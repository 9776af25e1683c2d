// Only names decide here: what a value may be is checked by sema or by the program.
#include "compiler/driver/SplitSets.h"
#include "llvm/ADT/STLExtras.h"

namespace nn {

SplitArguments splitSets(const std::vector<std::string> &arguments,
                         const std::vector<std::string> &compiledHypers) {
  const std::string joined = "--set=";
  SplitArguments result;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string &argument = arguments[i];
    bool separate = argument == "--set" && i + 1 < arguments.size();
    std::optional<std::pair<std::string, std::string>> set;
    if (separate)
      set = parseSet(arguments[i + 1]);
    else if (argument.compare(0, joined.size(), joined) == 0)
      set = parseSet(argument.substr(joined.size()));

    if (set && llvm::is_contained(compiledHypers, set->first)) {
      result.compiled.push_back(*set);
    } else {
      result.others.push_back(argument);
      if (separate)
        result.others.push_back(arguments[i + 1]);
    }
    i += separate;
  }
  return result;
}

} // namespace nn
