// A preprocessing step that takes numbers one by one: what it learns from the training part, what it makes of
// a value, and, where there is one, the way back.
#ifndef NN_RUNTIME_DATA_VALUESTEP_H
#define NN_RUNTIME_DATA_VALUESTEP_H

#include "runtime/data/Arguments.h"

#include <functional>
#include <memory>
#include <vector>

namespace nnrt {

// The values of the training part as the steps before leave them. NaN is a missing one.
class ChannelValues {
public:
  using Use = std::function<void(double value, int64_t times)>;
  // Calls use for every value of the channel that is there, equal ones perhaps at once.
  using Each = std::function<void(int64_t channel, const Use &use)>;
  explicit ChannelValues(Each each) : all(std::move(each)) {}

  void each(int64_t channel, const Use &use) const;

private:
  Each all;
};

// A vector that a step learnt, one number a channel.
struct StepVector {
  const char *name;
  std::vector<double> *values;
  bool isDivisor;
};

class ValueStep {
public:
  virtual ~ValueStep() = default;
  // `what` says where the values are from.
  virtual Status fit(const ChannelValues &values, const std::string &what) { return Done{}; }
  virtual double apply(double value, int64_t channel) const = 0;
  virtual double invert(double value, int64_t channel) const { return value; }
  virtual std::vector<StepVector> fitted() { return {}; }
  // Whether training records may go, and whether one with this value stays.
  virtual bool leavesOut() const { return false; }
  virtual bool keeps(double value, int64_t channel) const { return true; }
};

// The step of that call, for so many channels; null for the name of another kind of step.
Result<std::unique_ptr<ValueStep>> valueStepOf(const nn_call &call, size_t channels);

} // namespace nnrt

#endif
