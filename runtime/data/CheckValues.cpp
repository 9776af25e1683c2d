// The part of preprocessing that holds values against what a number can be. Each step rises or falls
// throughout, so that where it is finite at the ends it is so between them: only where it is not, records are
// searched one by one. What a step has no value for is none to fill in later: only a missing cell is missing.
#include "runtime/base/Text.h"
#include "runtime/data/Preprocess.h"

#include <cmath>
#include <limits>

using namespace nnrt;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Extremes {
  double low = infinity, high = -infinity;
  bool anyMissing = false;

  void add(double value) {
    low = value < low ? value : low;
    high = value > high ? value : high;
    anyMissing |= std::isnan(value);
  }
};

} // namespace

// Of element i of a record, -1 for what is no value.
int64_t Preprocess::channelOf(int64_t i) const {
  if (!form)
    return i % channelCount;
  int64_t place = i % form->rawWidth();
  return place < form->span ? place : -1;
}

bool Preprocess::holds(double raw, int64_t channel, size_t end) const {
  double value = raw;
  for (size_t i = 0; i < end; ++i) {
    double before = value;
    value = applyStep(i, before, channel);
    if (!std::isnan(before) && !std::isfinite(value))
      return false;
  }
  return std::isfinite(isSingle ? double(float(value)) : value);
}

// Of bytes there are few, so that records need not be read.
bool Preprocess::holdsBytes(size_t end) const {
  for (int64_t channel = 0; channel < channelCount; ++channel)
    for (int value = 0; value < 256; ++value)
      if (!holds(value, channel, end))
        return false;
  return true;
}

bool Preprocess::holdsAll(const Column &column, const Indices &records, size_t end) const {
  std::vector<Extremes> channels(size_t(channelCount), Extremes{});
  for (int64_t record : records)
    column.visit(record, [&](const auto *values) {
      for (int64_t i = 0; i < column.width; ++i)
        if (int64_t channel = channelOf(i); channel >= 0)
          channels[size_t(channel)].add(double(values[i]));
    });
  for (int64_t channel = 0; channel < channelCount; ++channel) {
    const Extremes &ends = channels[size_t(channel)];
    bool any = ends.low <= ends.high;
    if ((any && !(holds(ends.low, channel, end) && holds(ends.high, channel, end))) ||
        (ends.anyMissing && !holds(std::nan(""), channel, end)))
      return false;
  }
  return true;
}

Status Preprocess::checkValues(const Column &column, const Indices &records, size_t end) const {
  // What is no number, or is there for no value of its own.
  if (column.width == 0 || (!form && (isLabel || (column.isBytes() && steps.empty()))))
    return Done{};
  if ((column.isBytes() && holdsBytes(end)) || holdsAll(column, records, end))
    return Done{};
  for (int64_t record : records) {
    double raw = 0;
    bool isBad = false;
    column.visit(record, [&](const auto *values) {
      for (int64_t i = 0; i < column.width && !isBad; ++i)
        if (int64_t channel = channelOf(i); channel >= 0) {
          raw = double(values[i]);
          isBad = !holds(raw, channel, end);
        }
    });
    if (isBad)
      return dataError("`" + column.origin + "`: record " + std::to_string(record + 1) +
                       (form ? ": column `" : ": field `") + name + "`: " + noValueFor(raw));
  }
  return Done{};
}

std::string Preprocess::noValueFor(double raw) const {
  if (std::isnan(raw))
    return "the steps have no value for a missing cell";
  if (std::isfinite(raw) && isSingle && std::isinf(float(raw)))
    return shortest(raw) + " is more than `f32` holds";
  return "the steps have no value for " + shortest(raw);
}
