// The preprocessing of a field: its steps in text order, computed in double. What is fitted goes into the
// weights file under the names given here.
#ifndef NN_RUNTIME_DATA_PREPROCESS_H
#define NN_RUNTIME_DATA_PREPROCESS_H

#include "runtime/data/Scale.h"
#include "runtime/data/Vocabulary.h"
#include "runtime/data/ZScore.h"

#include <variant>

namespace nnrt {

// A vector that preprocessing learnt, for reading and writing.
struct FittedVector {
  std::string name; // data.digits.image.mean
  std::vector<double> *values;
  bool isDivisor;
};

class Preprocess {
public:
  static Result<Preprocess> of(const nn_data &data, const nn_field &field);

  int64_t channels() const { return channelCount; }
  bool isIdentity() const { return steps.empty(); }
  // Fits every step that learns, on these records of the field's column only. The values must stay finite.
  Status fit(const Table &table, size_t column, const Indices &records);
  // Whether the steps have a value for every one of these records.
  Status check(const Column &column, const Indices &records) const;
  double apply(double raw, int64_t channel) const { return applyUpTo(raw, channel, steps.size()); }
  std::vector<FittedVector> fitted();
  // What the step, by its place, takes to `value`: for steps that have a way back, else `value`.
  double invert(size_t step, double value, int64_t channel) const;

private:
  using Step = std::variant<Scale, ZScore, Vocabulary>;
  static Result<Step> stepOf(const nn_call &call, const nn_field &field, size_t channels);
  double applyUpTo(double raw, int64_t channel, size_t end) const;

  std::string path, name; // data.digits.image, image
  int64_t channelCount = 1;
  std::vector<Step> steps;
};

// One per field of each data set, in a row.
using Preprocessing = std::vector<Preprocess>;
Result<Preprocessing> preprocessingOf(const std::vector<const nn_data *> &sets);
// `fields`: those of the split's data set.
Status fitPreprocessing(Preprocess *fields, const Split &train);
// What has been fitted must know every value of another split.
Status checkPreprocessing(const Preprocess *fields, const Split &split);

} // namespace nnrt

#endif
