#include "compiler/sema/data/Forms.h"

namespace nn::sema {

namespace {

using Kind = ParameterKind;

constexpr double mostRecords = 1e7, mostDigits = 1e6;
const Parameter count{"count", Kind::Whole, -HUGE_VAL, mostRecords}; // of no records has a message of its own
const Parameter classes{"classes", Kind::Whole, 1, 256};
const Parameter noise{"noise", Kind::Number, 0, 100};
const Parameter spread{"spread", Kind::Number, 0, 100};

Parameter share(const char *name) { return {name, Kind::Number, 0, 1}; }

} // namespace

const Form *findForm(const Forms &forms, const std::string &name) {
  for (const Form &form : forms)
    if (name == form.name)
      return &form;
  return nullptr;
}

const Parameter *Form::find(const std::string &parameter) const {
  for (const Parameter &each : parameters)
    if (parameter == each.name)
      return &each;
  return nullptr;
}

std::vector<std::string> Form::names() const {
  std::vector<std::string> all;
  for (const Parameter &each : parameters)
    all.push_back(each.name);
  return all;
}

const Forms &sourceForms() {
  static const Forms all{{"idx", {}, 0, 0, SIZE_MAX},
                         {"text", {{"unknown", Kind::Flag}}, 0, 0, 1},
                         // Generated.
                         {"digits", {{"count", Kind::Whole, -HUGE_VAL, mostDigits}}, 1},
                         {"moons", {count, noise}, 1},
                         {"spirals", {count, classes, noise}, 1},
                         {"blobs", {count, classes, noise, spread}, 1},
                         {"xor", {count, noise}, 1}};
  return all;
}

const Forms &stepForms() {
  static const Forms all{{"scale", {{"factor", Kind::Number}}, 1, 1, 0, OnValues | OnNumber},
                         {"zscore", {}, 0, 0, 0, OnValues | OnNumber},
                         // The name that the source has for a column.
                         {"from", {{"name", Kind::Text}}, 1, 1, 0, OnCells | OnValues},
                         // A category as a class instead of one-hot.
                         {"index", {}, 0, 0, 0, OnCategory}};
  return all;
}

const Forms &augmentForms() {
  static const Forms all{};
  return all;
}

const Form &partitionForm() {
  static const Form form{
      "partition",
      {share("train"),
       share("validation"),
       {"test", Kind::Cell, 0, HUGE_VAL, {}, true}, // a share, a fold, or a cell of `column`
       {"stratify", Kind::Field},
       {"group", Kind::Field},
       {"column", Kind::Field},
       {"by", Kind::Word, 0, 0, {"order"}},
       {"folds", Kind::Whole, 2, 1000}},
      0,
      0};
  return form;
}

const Form &windowsForm() {
  static const Form form{"windows",
                         {{"length", Kind::Whole, 1, 1 << 20},
                          {"horizon", Kind::Whole, 1, 1 << 20},
                          {"stride", Kind::Whole, 1, 1 << 20}},
                         1};
  return form;
}

const std::vector<std::string> &laterSources() {
  static const std::vector<std::string> all{"csv",     "npy",      "npz",         "images", "wav",
                                            "cifar10", "cifar100", "safetensors", "tokens"};
  return all;
}

const std::vector<std::string> &laterSteps() {
  static const std::vector<std::string> all{"minmax",   "robust",   "clip",     "log1p", "missing",
                                            "outliers", "calendar", "equalize", "clahe", "standardize",
                                            "mfcc",     "mel",      "stft"};
  return all;
}

} // namespace nn::sema
