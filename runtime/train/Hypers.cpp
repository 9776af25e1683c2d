// Reads and checks hyperparameter values; one that is compiled in can only be confirmed, not changed.
#include "runtime/train/Hypers.h"
#include "runtime/base/File.h"
#include "runtime/base/Text.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;

namespace {

std::optional<double> parseHyper(const nn_hyper &hyper, const std::string &text) {
  if (hyper.type == NN_HYPER_BOOL)
    return text == "true" ? std::optional(1.0) : text == "false" ? std::optional(0.0) : std::nullopt;
  return parseQuantity(text);
}

const char *typeText(const nn_hyper &hyper) {
  return hyper.type == NN_HYPER_BOOL  ? "`true` or `false`"
         : hyper.type == NN_HYPER_INT ? "a whole number"
                                      : "a number";
}

bool hasType(const nn_hyper &hyper, double value) {
  constexpr double wholeLimit = 0x1p53; // above, doubles skip whole numbers
  switch (hyper.type) {
  case NN_HYPER_BOOL:
    return value == 0 || value == 1;
  case NN_HYPER_INT:
    return std::fabs(value) <= wholeLimit && value == std::floor(value);
  default:
    return std::isfinite(value);
  }
}

bool inRange(const nn_hyper &hyper, double value) {
  if (hyper.range == NN_RANGE_LIST)
    return std::find(hyper.choices, hyper.choices + hyper.choice_count, value) !=
           hyper.choices + hyper.choice_count;
  return hyper.range == NN_RANGE_NONE || (value >= hyper.low && value <= hyper.high);
}

Status check(const nn_hyper &hyper, double value) {
  if (!hasType(hyper, value))
    return usageError(std::string("hyperparameter `") + hyper.name + "` is " + typeText(hyper) + ", not " +
                      shortest(value));
  if (!inRange(hyper, value))
    return usageError(std::string("`") + hyper.name + "=" + hyperText(hyper, value) + "` is out of range: `" +
                      hyper.name + "` is " + rangeText(hyper));
  return Done{};
}

} // namespace

std::string nnrt::hyperText(const nn_hyper &hyper, double value) {
  if (hyper.type == NN_HYPER_BOOL)
    return value != 0 ? "true" : "false";
  if (hyper.type == NN_HYPER_INT && hasType(hyper, value))
    return std::to_string(int64_t(value));
  return shortest(value);
}

std::string nnrt::rangeText(const nn_hyper &hyper) {
  std::string low = hyperText(hyper, hyper.low), high = hyperText(hyper, hyper.high);
  switch (hyper.range) {
  case NN_RANGE_LINEAR: // not `a..b`, which leaves b out when it is whole
    return "from " + low + " to " + high;
  case NN_RANGE_LOG:
    return "in log(" + low + ", " + high + ")";
  case NN_RANGE_LIST: {
    std::string text = "in [";
    for (uint32_t i = 0; i < hyper.choice_count; ++i)
      text += (i ? ", " : "") + hyperText(hyper, hyper.choices[i]);
    return text + "]";
  }
  default:
    return "";
  }
}

HyperValues::HyperValues(const nn_program &program) : program(program) {
  for (uint32_t i = 0; i < program.hyper_count; ++i)
    values.push_back(program.hypers[i].value);
}

Result<size_t> HyperValues::find(const std::string &name) const {
  std::vector<std::string> names;
  for (uint32_t i = 0; i < program.hyper_count; ++i) {
    if (name == program.hypers[i].name)
      return size_t(i);
    names.push_back(program.hypers[i].name);
  }
  return usageError("unknown hyperparameter `" + name + "`" +
                    (names.empty() ? std::string("; the program has none") : suggestion(name, names)));
}

Status HyperValues::set(size_t index, double value) {
  NNRT_TRY(check(program.hypers[index], value));
  values[index] = value;
  return Done{};
}

Error HyperValues::compiledInError(const std::vector<std::string> &settings,
                                   const std::string &executable) const {
  std::string source = joinPath(program.source_directory, std::string(program.name) + ".nn");
  std::string command = "nnc " + shellQuoted(source) + " -o " + shellQuoted(executable);
  if (program.dtype == NN_F64)
    command += " --precision=f64";
  std::string names;
  for (const std::string &setting : settings) {
    names += (names.empty() ? "`" : ", `") + setting.substr(0, setting.find('=')) + "`";
    command += " --set " + shellQuoted(setting);
  }
  return usageError(names + (settings.size() > 1 ? " are" : " is") +
                    " compiled into this program; compile it again with\n  " + command);
}

Status HyperValues::setAll(const std::vector<std::string> &assignments, const std::string &executable) {
  std::vector<std::string> compiledIn;
  for (const std::string &assignment : assignments) {
    size_t equals = assignment.find('=');
    if (equals == std::string::npos)
      return usageError("--set takes `name=value`, not `" + assignment + "`");
    NNRT_ASSIGN(size_t index, find(assignment.substr(0, equals)));
    const nn_hyper &hyper = program.hypers[index];
    std::string text = assignment.substr(equals + 1);
    auto value = parseHyper(hyper, text);
    if (!value)
      return usageError(std::string("hyperparameter `") + hyper.name + "` is " + typeText(hyper) + ", not `" +
                        text + "`");
    NNRT_TRY(check(hyper, *value));
    if (!hyper.compiled)
      values[index] = *value;
    else if (*value != hyper.value)
      compiledIn.push_back(std::string(hyper.name) + "=" + hyperText(hyper, *value));
  }
  if (!compiledIn.empty())
    return compiledInError(compiledIn, executable);
  return Done{};
}

void HyperValues::write(Arena &arena) const {
  for (uint32_t i = 0; i < program.hyper_count; ++i)
    if (!program.hypers[i].compiled)
      arena.writeNumber(program.hypers[i].slot, values[i]);
}
