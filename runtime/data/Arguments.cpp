// Each refusal names the data set, the source and the argument.
#include "runtime/data/Arguments.h"
#include "runtime/base/Text.h"

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace nnrt;

namespace {
bool isPositional(const nn_value &value) { return !value.name || !*value.name; }
} // namespace

const nn_value *nnrt::argumentOf(const nn_call &call, const char *name) {
  for (uint32_t i = 0; i < call.argument_count; ++i)
    if (call.arguments[i].name && !strcmp(call.arguments[i].name, name))
      return &call.arguments[i];
  return nullptr;
}

Error Arguments::mistake(const std::string &what) const {
  return dataError("data set `" + dataSet + "`: `" + call.name + "`: " + what);
}

const nn_value *Arguments::named(const char *name) {
  known.push_back(name);
  for (uint32_t i = 0; i < call.argument_count; ++i)
    if (!isPositional(call.arguments[i]) && !strcmp(call.arguments[i].name, name))
      return &call.arguments[i];
  return nullptr;
}

const nn_value *Arguments::positional(size_t position) {
  knownPositions = std::max(knownPositions, position + 1);
  for (uint32_t i = 0; i < call.argument_count; ++i)
    if (isPositional(call.arguments[i]) && position-- == 0)
      return &call.arguments[i];
  return nullptr;
}

Result<int64_t> Arguments::wholeNumber(const nn_value &value, const char *name, int64_t low, int64_t high) {
  if (value.text || !(value.number >= double(low) && value.number <= double(high)) ||
      value.number != std::floor(value.number))
    return mistake(std::string("`") + name + "` is " + (value.text ? "a string" : shortest(value.number)) +
                   ", expected a whole number from " + std::to_string(low) + " to " + std::to_string(high));
  return int64_t(value.number);
}

Result<int64_t> Arguments::integer(const char *name, size_t position, int64_t low, int64_t high) {
  const nn_value *value = positional(position);
  const nn_value *byName = named(name);
  if (!value && !byName)
    return mistake(std::string("`") + name + "` is missing");
  return wholeNumber(value ? *value : *byName, name, low, high);
}

Result<int64_t> Arguments::integerOr(const char *name, int64_t otherwise, int64_t low, int64_t high) {
  const nn_value *value = named(name);
  return value ? wholeNumber(*value, name, low, high) : Result<int64_t>(otherwise);
}

Result<double> Arguments::numberOr(const char *name, double otherwise, double low, double high) {
  const nn_value *value = named(name);
  if (!value)
    return otherwise;
  if (value->text || !(value->number >= low && value->number <= high))
    return mistake(std::string("`") + name + "` is " + (value->text ? "a string" : shortest(value->number)) +
                   ", expected a number from " + shortest(low) + " to " + shortest(high));
  return value->number;
}

Result<bool> Arguments::flagOr(const char *name, bool otherwise) {
  NNRT_ASSIGN(int64_t flag, integerOr(name, otherwise, 0, 1));
  return flag == 1;
}

size_t Arguments::pathCount() const {
  size_t count = 0;
  for (uint32_t i = 0; i < call.argument_count; ++i)
    count += isPositional(call.arguments[i]);
  return count;
}

Result<std::string> Arguments::path(size_t place) {
  const nn_value *value = positional(place);
  if (!value || !value->text)
    return mistake(value ? "found a number, expected a path" : "the path is missing");
  return std::string(value->text);
}

Result<std::string> Arguments::textOr(const char *name, const std::string &otherwise) {
  const nn_value *value = named(name);
  if (value && !value->text)
    return mistake(std::string("`") + name + "` is a number, expected a text");
  return value ? value->text : otherwise;
}

Status Arguments::finish() const {
  size_t positions = 0;
  for (uint32_t i = 0; i < call.argument_count; ++i) {
    const nn_value &value = call.arguments[i];
    if (isPositional(value)) {
      if (++positions > knownPositions)
        return mistake("too many arguments without a name, expected " + std::to_string(knownPositions));
    } else if (std::find(known.begin(), known.end(), value.name) == known.end()) {
      return mistake(std::string("unknown argument `") + value.name + "`" + suggestion(value.name, known));
    }
  }
  return Done{};
}
