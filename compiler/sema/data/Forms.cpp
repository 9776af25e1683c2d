#include "compiler/sema/data/Forms.h"

namespace nn::sema {

namespace {

using Kind = ParameterKind;

constexpr double mostRecords = 1e7, mostDigits = 1e6;
const Parameter count{"count", Kind::Whole, -HUGE_VAL, mostRecords}; // of no records has a message of its own
const Parameter classes{"classes", Kind::Whole, 1, 256};
const Parameter noise{"noise", Kind::Number, 0, 100};
const Parameter spread{"spread", Kind::Number, 0, 100};
const Parameter window{"window", Kind::Number, 1e-6, 60}, hop{"hop", Kind::Number, 1e-6, 60}; // seconds
const Parameter chance{"chance", Kind::Number, 0, 1};
const Parameter tiles{"tiles", Kind::Whole, 1, 256}, limit{"limit", Kind::Number, 0, 1e6};
const Parameter axis{"axis", Kind::Word, 0, 0, {"horizontal", "vertical"}};
const Parameter labels{"labels", Kind::Text}, folder{"folder", Kind::Text};
const Parameter bands{"bands", Kind::Whole, 1, 1024};

Parameter share(const char *name) { return {name, Kind::Number, 0, 1}; }

Parameter period(const char *name) { return {name, Kind::Word, 0, 0, {"day", "week", "month", "year"}}; }

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
  static const Forms all{
      {"idx", {}, 0, 0, SIZE_MAX},
      {"text", {{"unknown", Kind::Flag}, {"by", Kind::Word, 0, 0, {"characters", "words"}}}, 0, 0, 1},
      {"wav",
       {{"rate", Kind::Whole, 1000, 1e6}, {"seconds", Kind::Number, 1e-3, 3600}, {"pattern", Kind::Text}},
       0,
       0,
       1},
      {"images", {labels, folder}, 0, 0, 1},
      {"cifar10", {}, 0, 0, SIZE_MAX},
      {"cifar100", {}, 0, 0, SIZE_MAX},
      {"npy", {}, 0, 0, SIZE_MAX},
      {"npz", {}, 0, 0, 1},
      {"csv",
       {{"separator", Kind::Text},
        {"header", Kind::Flag},
        {"skip", Kind::Whole, 0, 1e9},
        {"comment", Kind::Text},
        {"missing", Kind::Text},
        {"decimal", Kind::Word, 0, 0, {"point", "comma"}},
        {"beside", Kind::Text}},
       0,
       0,
       1},
      // Generated.
      {"digits", {{"count", Kind::Whole, -HUGE_VAL, mostDigits}}, 1},
      {"moons", {count, noise}, 1},
      {"spirals", {count, classes, noise}, 1},
      {"blobs", {count, classes, noise, spread}, 1},
      {"xor", {count, noise}, 1}};
  return all;
}

const Forms &stepForms() {
  static const Forms all{
      {"scale", {{"factor", Kind::Number}}, 1, 1, 0, OnValues | OnNumber},
      {"zscore", {}, 0, 0, 0, OnValues | OnNumber},
      // Of a picture.
      {"standardize", {}, 0, 0, 0, OnValues},
      {"equalize", {}, 0, 0, 0, OnValues},
      {"clahe", {tiles, limit}, 0, 0, 0, OnValues},
      // Of a waveform.
      {"stft", {window, hop}, 0, 0, 0, OnValues},
      {"mel", {window, hop, bands}, 0, 0, 0, OnValues},
      {"mfcc",
       {window, hop, bands, {"coefficients", Kind::Whole, 1, 1024}, {"deltas", Kind::Flag}},
       0,
       0,
       0,
       OnValues},
      // The name that the source has for a column.
      {"from", {{"name", Kind::Text}}, 1, 1, 0, OnCells | OnValues},
      {"minmax",
       {{"low", Kind::Number}, {"high", Kind::Number}, {"per", Kind::Word, 0, 0, {"channel", "record"}}},
       0,
       0,
       0,
       OnValues | OnNumber},
      {"robust", {}, 0, 0, 0, OnValues | OnNumber},
      {"log1p", {}, 0, 0, 0, OnValues | OnNumber},
      {"clip",
       {{"spread", Kind::Spread}, {"low", Kind::Number}, {"high", Kind::Number}},
       0,
       1,
       0,
       OnValues | OnNumber},
      // Rows of the training part that are far out go.
      {"outliers", {{"spread", Kind::Spread}}, 1, 1, 0, OnNumber},
      {"missing",
       {{"by", Kind::Word, 0, 0, {"mean", "median", "mode", "drop", "forward"}},
        {"constant", Kind::Cell},
        {"code", Kind::Number},
        {"indicator", Kind::Flag}},
       0,
       1,
       0,
       OnCells},
      // Sine and cosine of the place in each of these periods.
      {"calendar", {period("first"), period("second"), period("third"), period("fourth")}, 1, 4, 0, OnDate},
      // A category as a class instead of one-hot.
      {"index", {}, 0, 0, 0, OnCategory}};
  return all;
}

const Forms &augmentForms() {
  auto upTo = [](double high) { return Parameter{"amount", Kind::Number, 0, high}; };
  auto upToAngle = [&](double high) {
    Parameter angle = upTo(high);
    angle.isAngle = true;
    return angle;
  };
  static const Forms all{{"flip", {chance, axis}},
                         {"rotate", {upToAngle(M_PI), chance}, 1},
                         {"zoom", {upTo(0.99), chance}, 1},
                         {"crop", {{"amount", Kind::Whole, 1, 1 << 16}, chance}, 1},
                         {"shift", {upTo(1), chance}, 1},
                         {"shear", {upToAngle(85 * M_PI / 180), chance}, 1},
                         {"noise", {upTo(1), chance}, 1},
                         {"speed", {upTo(0.99), chance}, 1},
                         {"gain", {upTo(1), chance}, 1},
                         {"time_mask", {upTo(1), chance}, 1},
                         {"frequency_mask", {upTo(1), chance}, 1},
                         {"brightness", {upTo(1), chance}, 1},
                         {"contrast", {upTo(1), chance}, 1},
                         {"cutout", {upTo(1), chance}, 1},
                         {"mixup", {{"amount", Kind::Number, 1e-3, 1e3}, chance}, 1},
                         {"cutmix", {{"amount", Kind::Number, 1e-3, 1e3}, chance}, 1}};
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
       {"by", Kind::Order, 0, 0, {"order"}},
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
  static const std::vector<std::string> all{"safetensors", "tokens"};
  return all;
}

const std::vector<std::string> &laterSteps() {
  static const std::vector<std::string> all;
  return all;
}

} // namespace nn::sema
