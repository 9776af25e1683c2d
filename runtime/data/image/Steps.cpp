#include "runtime/data/image/Steps.h"
#include "runtime/base/Text.h"
#include "runtime/data/Arguments.h"
#include "runtime/data/image/Equalize.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

using namespace nnrt;

namespace {

constexpr double largest = std::numeric_limits<double>::max();

bool isNamed(const nn_call &call, const char *name) { return strcmp(call.name, name) == 0; }

// Without `per`, `minmax` is of values one by one.
bool isRecordMinMax(const nn_call &call) {
  const nn_value *per = isNamed(call, "minmax") ? argumentOf(call, "per") : nullptr;
  return per && per->text && !strcmp(per->text, "record");
}

// Values of 0 to 255 as bytes and back.
template <class Change> Doubles changedBytes(const Doubles &record, const Change &change) {
  Bytes bytes(record.size());
  std::transform(record.begin(), record.end(), bytes.begin(),
                 [](double value) { return uint8_t(std::lrint(std::clamp(value, 0.0, 255.0))); });
  change(bytes.data());
  return Doubles(bytes.begin(), bytes.end());
}

} // namespace

bool nnrt::isImageStep(const nn_call &call) {
  return keepsBytes(call) || isNamed(call, "standardize") || isRecordMinMax(call);
}

bool nnrt::keepsBytes(const nn_call &call) { return isNamed(call, "equalize") || isNamed(call, "clahe"); }

Doubles nnrt::standardized(const Doubles &record) {
  double mean = std::accumulate(record.begin(), record.end(), 0.0) / double(record.size()), squares = 0;
  auto [low, high] = std::minmax_element(record.begin(), record.end());
  bool isConstant = *low == *high; // by comparison: rounding must not leave a tiny deviation
  mean = isConstant ? *low : mean;
  for (double value : record)
    squares += (value - mean) * (value - mean);
  double deviation = isConstant ? 1 : std::sqrt(squares / double(record.size()));
  Doubles result;
  for (double value : record)
    result.push_back((value - mean) / deviation);
  return result;
}

Doubles nnrt::intoRange(const Doubles &record, double low, double high) {
  auto [least, most] = std::minmax_element(record.begin(), record.end());
  double range = *most == *least ? 1 : *most - *least;
  Doubles result;
  for (double value : record)
    result.push_back(low + (value - *least) / range * (high - low));
  return result;
}

Result<ImageStep> nnrt::imageStepOf(const nn_call &call, const std::vector<int64_t> &shape,
                                    const std::string &dataSet) {
  Arguments arguments(call, dataSet);
  if (isNamed(call, "standardize")) {
    NNRT_TRY(arguments.finish());
    return ImageStep(standardized);
  }
  if (isNamed(call, "minmax")) {
    NNRT_TRY(arguments.textOr("per", ""));
    NNRT_ASSIGN(double low, arguments.numberOr("low", 0, -largest, largest));
    NNRT_ASSIGN(double high, arguments.numberOr("high", 1, -largest, largest));
    NNRT_TRY(arguments.finish());
    if (!(low < high))
      return dataError("`minmax` from " + shortest(low) + " to " + shortest(high) +
                       ": `low` must be below `high`");
    return ImageStep(
        [low = low, high = high](const Doubles &record) { return intoRange(record, low, high); });
  }
  if (shape.size() != 2 && shape.size() != 3)
    return dataError("data set `" + dataSet + "`: `" + call.name + "` is a step of pictures");
  PixelView view{nullptr, shape[0], shape[1], shape.size() == 3 ? shape[2] : 1};
  if (isNamed(call, "equalize")) {
    NNRT_TRY(arguments.finish());
    return ImageStep([view](const Doubles &record) {
      return changedBytes(record, [&](uint8_t *pixels) {
        equalize({pixels, view.height, view.width, view.channels});
      });
    });
  }
  ClaheOptions options;
  NNRT_ASSIGN(options.tiles, arguments.integerOr("tiles", options.tiles, 1, 256));
  NNRT_ASSIGN(options.limit, arguments.numberOr("limit", options.limit, 0, 1e6));
  NNRT_TRY(arguments.finish());
  return ImageStep([view, options](const Doubles &record) {
    return changedBytes(record, [&](uint8_t *pixels) {
      clahe({pixels, view.height, view.width, view.channels}, options);
    });
  });
}
