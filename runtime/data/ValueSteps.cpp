// The steps, each with its formula. A constant channel is divided by 1.
#include "runtime/base/Text.h"
#include "runtime/data/Quantiles.h"
#include "runtime/data/ValueStep.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

using namespace nnrt;

namespace {

using Vector = std::vector<double>;

double divisor(double range) { return range == 0 ? 1 : range; }

Error nothingToFit(const char *step, const std::string &what) {
  return dataError(what + ": no value is there to fit `" + step +
                   "`: every cell of the training part is missing");
}

// (x - mean) / standard deviation of the population.
class Standardize : public ValueStep {
public:
  explicit Standardize(size_t channels) : mean(channels, 0), sd(channels, 1) {}
  Status fit(const ChannelValues &values, const std::string &what) override {
    for (size_t channel = 0; channel < mean.size(); ++channel) {
      Moments moments = momentsOf(values, int64_t(channel));
      if (moments.count == 0)
        return nothingToFit("zscore", what);
      mean[channel] = moments.mean;
      sd[channel] = divisor(moments.sd);
    }
    return Done{};
  }
  double apply(double value, int64_t channel) const override {
    return (value - mean[size_t(channel)]) / sd[size_t(channel)];
  }
  double invert(double value, int64_t channel) const override {
    return value * sd[size_t(channel)] + mean[size_t(channel)];
  }
  std::vector<StepVector> fitted() override { return {{"mean", &mean, false}, {"sd", &sd, true}}; }

private:
  Vector mean, sd;
};

// The smallest value becomes `low`, the largest `high`.
class MinMax : public ValueStep {
public:
  MinMax(size_t channels, double low, double high)
      : low(low), high(high), least(channels, 0), range(channels, 1) {}
  Status fit(const ChannelValues &values, const std::string &what) override {
    for (size_t channel = 0; channel < least.size(); ++channel) {
      double smallest = std::numeric_limits<double>::infinity(), largest = -smallest;
      values.each(int64_t(channel), [&](double value, int64_t) {
        smallest = std::min(smallest, value);
        largest = std::max(largest, value);
      });
      if (largest < smallest)
        return nothingToFit("minmax", what);
      least[channel] = smallest;
      range[channel] = divisor(largest - smallest);
    }
    return Done{};
  }
  double apply(double value, int64_t channel) const override {
    return low + (value - least[size_t(channel)]) / range[size_t(channel)] * (high - low);
  }
  double invert(double value, int64_t channel) const override {
    return (value - low) / (high - low) * range[size_t(channel)] + least[size_t(channel)];
  }
  std::vector<StepVector> fitted() override { return {{"min", &least, false}, {"range", &range, true}}; }

private:
  double low, high;
  Vector least, range;
};

// (x - median) / (third quartile - first quartile).
class Robust : public ValueStep {
public:
  explicit Robust(size_t channels) : median(channels, 0), spread(channels, 1) {}
  Status fit(const ChannelValues &values, const std::string &what) override {
    for (size_t channel = 0; channel < median.size(); ++channel) {
      SortedValues sorted(values, int64_t(channel));
      if (sorted.count() == 0)
        return nothingToFit("robust", what);
      median[channel] = sorted.quantile(0.5);
      spread[channel] = divisor(sorted.quantile(0.75) - sorted.quantile(0.25));
    }
    return Done{};
  }
  double apply(double value, int64_t channel) const override {
    return (value - median[size_t(channel)]) / spread[size_t(channel)];
  }
  double invert(double value, int64_t channel) const override {
    return value * spread[size_t(channel)] + median[size_t(channel)];
  }
  std::vector<StepVector> fitted() override { return {{"median", &median, false}, {"iqr", &spread, true}}; }

private:
  Vector median, spread;
};

// log(1 + x), for x above -1.
class Log1p : public ValueStep {
public:
  double apply(double value, int64_t) const override { return std::log1p(value); }
  double invert(double value, int64_t) const override { return std::expm1(value); }
};

// How far from the middle a value may be: k standard deviations from the mean, or k interquartile ranges
// outside of the quartiles.
struct Spread {
  bool isQuartile = false;
  double times = 0;

  static std::optional<Spread> of(const nn_call &call) {
    for (bool quartile : {false, true})
      if (const nn_value *value = argumentOf(call, quartile ? "iqr" : "sd"))
        return Spread{quartile, value->number};
    return std::nullopt;
  }
  Status fit(const ChannelValues &values, const char *step, const std::string &what, Vector &low,
             Vector &high) const {
    for (size_t channel = 0; channel < low.size(); ++channel) {
      double from, to, distance;
      if (isQuartile) {
        SortedValues sorted(values, int64_t(channel));
        if (sorted.count() == 0)
          return nothingToFit(step, what);
        from = sorted.quantile(0.25), to = sorted.quantile(0.75), distance = times * (to - from);
      } else {
        Moments moments = momentsOf(values, int64_t(channel));
        if (moments.count == 0)
          return nothingToFit(step, what);
        from = to = moments.mean, distance = times * moments.sd;
      }
      low[channel] = from - distance;
      high[channel] = to + distance;
    }
    return Done{};
  }
};

// Into [low, high]: given, or fitted.
class Clip : public ValueStep {
public:
  Clip(size_t channels, std::optional<Spread> spread, double low, double high)
      : spread(spread), low(channels, low), high(channels, high) {}
  Status fit(const ChannelValues &values, const std::string &what) override {
    return spread ? spread->fit(values, "clip", what, low, high) : Done{};
  }
  double apply(double value, int64_t channel) const override {
    return value < low[size_t(channel)]    ? low[size_t(channel)]
           : value > high[size_t(channel)] ? high[size_t(channel)]
                                           : value;
  }
  std::vector<StepVector> fitted() override {
    if (!spread)
      return {};
    return {{"low", &low, false}, {"high", &high, false}};
  }

private:
  std::optional<Spread> spread;
  Vector low, high;
};

// Leaves values as they are; training records far out go.
class Outliers : public ValueStep {
public:
  Outliers(size_t channels, Spread spread) : spread(spread), low(channels), high(channels) {}
  Status fit(const ChannelValues &values, const std::string &what) override {
    return spread.fit(values, "outliers", what, low, high);
  }
  double apply(double value, int64_t) const override { return value; }
  bool leavesOut() const override { return true; }
  bool keeps(double value, int64_t channel) const override {
    return !(value < low[size_t(channel)] || value > high[size_t(channel)]);
  }

private:
  Spread spread;
  Vector low, high;
};

// A number in place of a missing one. What counts as missing, rows that `drop` leaves out and values that
// `forward` carries on are the business of the reader.
class Missing : public ValueStep {
public:
  Missing(size_t channels, std::string by, std::optional<double> constant)
      : by(std::move(by)), isFitted(!constant && this->by != "drop" && this->by != "forward"),
        // What `forward` and `drop` leave, which are matters of the reader, is for the fill after them.
        fill(channels, constant.value_or(std::numeric_limits<double>::quiet_NaN())) {}
  Status fit(const ChannelValues &values, const std::string &what) override {
    if (!isFitted)
      return Done{};
    for (size_t channel = 0; channel < fill.size(); ++channel) {
      if (by == "mean") {
        Moments moments = momentsOf(values, int64_t(channel));
        if (moments.count == 0)
          return nothingToFit("missing(mean)", what);
        fill[channel] = moments.mean;
      } else {
        SortedValues sorted(values, int64_t(channel));
        if (sorted.count() == 0)
          return nothingToFit(by == "mode" ? "missing(mode)" : "missing(median)", what);
        fill[channel] = by == "mode" ? sorted.mode() : sorted.quantile(0.5);
      }
    }
    return Done{};
  }
  double apply(double value, int64_t channel) const override {
    return std::isnan(value) ? fill[size_t(channel)] : value;
  }
  std::vector<StepVector> fitted() override {
    return isFitted ? std::vector<StepVector>{{"fill", &fill, false}} : std::vector<StepVector>{};
  }

private:
  std::string by;
  bool isFitted;
  Vector fill;
};

std::optional<double> numberOf(const nn_call &call, const char *name) {
  const nn_value *value = argumentOf(call, name);
  return value && !value->text ? std::optional(value->number) : std::nullopt;
}

using MaybeStep = Result<std::unique_ptr<ValueStep>>;

MaybeStep minMaxOf(const nn_call &call, size_t channels) {
  double low = numberOf(call, "low").value_or(0), high = numberOf(call, "high").value_or(1);
  if (!(low < high))
    return dataError("`minmax` from " + shortest(low) + " to " + shortest(high) +
                     ": `low` must be below `high`");
  return std::unique_ptr<ValueStep>(std::make_unique<MinMax>(channels, low, high));
}

MaybeStep clipOf(const nn_call &call, size_t channels) {
  double infinity = std::numeric_limits<double>::infinity();
  double low = numberOf(call, "low").value_or(-infinity), high = numberOf(call, "high").value_or(infinity);
  auto spread = Spread::of(call);
  bool isBounded = std::isfinite(low) || std::isfinite(high);
  if (bool(spread) == isBounded || !(low < high))
    return dataError("`clip` takes `3sd`, `1.5iqr`, or `low` and `high` with `low` below `high`");
  return std::unique_ptr<ValueStep>(std::make_unique<Clip>(channels, spread, low, high));
}

MaybeStep missingOf(const nn_call &call, size_t channels) {
  const nn_value *by = argumentOf(call, "by");
  auto constant = numberOf(call, "constant");
  if (bool(by) == bool(constant))
    return dataError("`missing` takes one of `mean`, `median`, `mode`, `drop`, `forward`, `constant: 0`");
  return std::unique_ptr<ValueStep>(std::make_unique<Missing>(channels, by ? by->text : "", constant));
}

} // namespace

Result<std::unique_ptr<ValueStep>> nnrt::valueStepOf(const nn_call &call, size_t channels) {
  std::string name = call.name;
  if (name == "zscore")
    return std::unique_ptr<ValueStep>(std::make_unique<Standardize>(channels));
  if (name == "minmax")
    return minMaxOf(call, channels);
  if (name == "robust")
    return std::unique_ptr<ValueStep>(std::make_unique<Robust>(channels));
  if (name == "log1p")
    return std::unique_ptr<ValueStep>(std::make_unique<Log1p>());
  if (name == "clip")
    return clipOf(call, channels);
  if (name == "missing")
    return missingOf(call, channels);
  if (name == "outliers") {
    auto spread = Spread::of(call);
    if (!spread)
      return dataError("`outliers` takes `3sd` or `1.5iqr`");
    return std::unique_ptr<ValueStep>(std::make_unique<Outliers>(channels, *spread));
  }
  return std::unique_ptr<ValueStep>();
}
