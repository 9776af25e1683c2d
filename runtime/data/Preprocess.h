// The preprocessing of a field: its steps in text order, computed in double. What is fitted goes into the
// weights file under the names given here.
#ifndef NN_RUNTIME_DATA_PREPROCESS_H
#define NN_RUNTIME_DATA_PREPROCESS_H

#include "runtime/data/NamedClasses.h"
#include "runtime/data/Scale.h"
#include "runtime/data/ValueStep.h"
#include "runtime/data/Vocabulary.h"
#include "runtime/data/ZScore.h"
#include "runtime/data/audio/Chain.h"
#include "runtime/data/augment/Key.h"
#include "runtime/data/table/CellForm.h"

#include <variant>

namespace nnrt {

// A vector that preprocessing learnt, for reading and writing.
struct FittedVector {
  std::string name; // data.digits.image.mean
  std::vector<double> *values;
  bool isDivisor;
  bool hasAnyLength = false; // texts, for example: the file says how many numbers they are
};

class Preprocess {
public:
  static Result<Preprocess> of(const nn_data &data, const nn_field &field);

  int64_t channels() const { return channelCount; }
  // How training changes a record that is a sound; null where it does not.
  const SoundChain *sound() const { return soundChain.get(); }
  // What training makes of such a record: finished values of a waveform that has been changed.
  Doubles changedSound(const Column &column, const AugmentKey &place) const;
  bool isIdentity() const { return steps.empty(); }
  // Fits every step that learns, on these records of the field's column only.
  Status fit(const Table &table, size_t column, const Indices &records);
  // Whether the steps have a value for every one of these records.
  Status check(const Column &column, const Indices &records) const;
  double apply(double raw, int64_t channel) const { return applyUpTo(raw, channel, steps.size()); }
  // Takes the records out that a step (`outliers`) does not keep, and fits the steps up to it for that.
  bool leavesOut() const;
  Status markOutliers(const Column &column, const Indices &records, std::vector<bool> &leaves);
  // Of a field of a table, how its cells become values.
  const std::optional<CellForm> &cells() const { return form; }
  // Of a field whose classes have names in the source.
  const std::optional<NamedClasses> &named() const { return classes; }
  std::vector<FittedVector> fitted();
  // What the step, by its place, takes to `value`: for steps that have a way back, else `value`.
  double invert(size_t step, double value, int64_t channel) const;

private:
  using Step = std::variant<Scale, ZScore, Vocabulary, std::unique_ptr<ValueStep>>;
  static Result<Step> stepOf(const nn_call &call, const nn_field &field, size_t channels);
  Status addTableSteps(const nn_field &field);
  ChannelValues valuesBefore(const Column &column, const Indices &records, size_t step) const;
  Status checkFitted(size_t step, const Column &column, const Indices &records);
  Status fitValueStep(size_t step, const Column &column, const Indices &records);
  Status checkCells(const Column &column, const Indices &records) const;
  double applyStep(size_t step, double value, int64_t channel) const;
  double applyUpTo(double raw, int64_t channel, size_t end) const;
  // CheckValues.cpp: whether the steps before `end` make finite numbers of the records' values.
  Status checkValues(const Column &column, const Indices &records, size_t end) const;
  bool holdsBytes(size_t end) const;
  bool holdsAll(const Column &column, const Indices &records, size_t end) const;
  bool holds(double raw, int64_t channel, size_t end) const;
  int64_t channelOf(int64_t i) const;
  std::string noValueFor(double raw) const;

  std::string path, name; // data.digits.image, image
  int64_t channelCount = 1;
  bool isSingle = false, isLabel = false; // `f32`, or a class
  std::vector<Step> steps;
  std::shared_ptr<const SoundChain> soundChain;
  std::optional<CellForm> form;
  std::optional<NamedClasses> classes;
  size_t fittedSteps = 0; // those before are fitted, on the records that outliers were still among
};

// One per field of each data set, in a row.
using Preprocessing = std::vector<Preprocess>;
Result<Preprocessing> preprocessingOf(const std::vector<const nn_data *> &sets);
// `fields`: those of the split's data set. Outliers leave the training part.
Status fitPreprocessing(Preprocess *fields, Split &train);
// What has been fitted must know every value of another split, and have a finite number for every one.
Status checkPreprocessing(const Preprocess *fields, const Split &split);

} // namespace nnrt

#endif
