// The source `wav` and the steps that make matrices of waveforms. A waveform's length and rate are known, so
// the shape of what comes out is, too; the runtime gets each step with all its numbers, in samples instead of
// seconds.
#include "compiler/sema/data/DataReader.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>

namespace nn::sema {

using typed::Call;
using typed::CallArgument;
using typed::Element;
using typed::Field;

namespace {

constexpr double highestRate = 1e6;

double numberOr(const Call &call, const char *name, double otherwise) {
  const CallArgument *argument = argumentOf(call, name);
  return argument && argument->number ? *argument->number : otherwise;
}

bool isAudioStep(const Call &call) {
  return call.name == "mfcc" || call.name == "mel" || call.name == "stft";
}

bool isMask(const Call &step) { return step.name == "time_mask" || step.name == "frequency_mask"; }

struct Waveform {
  double rate;
  int64_t samples;
};

// The names in braces.
std::vector<std::string> namesIn(llvm::StringRef pattern) {
  std::vector<std::string> names;
  while (true) {
    auto [before, behind] = pattern.split('{');
    auto [name, rest] = behind.split('}');
    if (name.empty())
      return names;
    names.push_back(name.split(':').first.str()); // `{index:0-4}`
    pattern = rest;
  }
}

// A step with all its arguments, and what it makes: [frames, width].
struct SoundStep {
  int64_t window, hop, bands, coefficients;
  bool deltas;

  SoundStep(const Call &step, const Waveform &waveform)
      : window(samples(step, "window", 0.025, waveform)), hop(samples(step, "hop", 0.010, waveform)),
        bands(int64_t(numberOr(step, "bands", step.name == "mfcc" ? 26 : 40))),
        coefficients(int64_t(numberOr(step, "coefficients", 13))), deltas(numberOr(step, "deltas", 0) != 0) {}

  static int64_t samples(const Call &step, const char *name, double otherwise, const Waveform &waveform) {
    return std::max<int64_t>(1, std::llround(numberOr(step, name, otherwise) * waveform.rate));
  }

  // The transform's length is the least power of two, from 4, that holds a window.
  int64_t bins() const { return std::max<int64_t>(4, int64_t(llvm::PowerOf2Ceil(uint64_t(window)))) / 2 + 1; }

  Shape shape(const std::string &name, int64_t count) const {
    int64_t width = name == "stft" ? bins() : name == "mel" ? bands : coefficients * (deltas ? 2 : 1);
    return {{1 + (count - window) / hop, false}, {width, false}};
  }

  Call call(const std::string &name, const Waveform &waveform) const {
    Call call{name, {}};
    auto add = [&](const char *argument, double number) { call.arguments.push_back({argument, number, ""}); };
    add("rate", waveform.rate);
    add("window", double(window));
    add("hop", double(hop));
    if (name != "stft")
      add("bands", double(bands));
    if (name == "mfcc") {
      add("coefficients", double(coefficients));
      add("deltas", deltas);
    }
    return call;
  }
};

} // namespace

// The first field is the waveform, with or without a step that makes a matrix of it; the others are parts of
// the files' names.
void DataReader::checkSound() {
  auto isWav = [](const std::optional<Call> &call) { return call && call->name == "wav"; };
  bool hasWav = isWav(data.train) || isWav(data.validation) || isWav(data.test);
  for (const Field &field : data.fields)
    for (const Call &step : field.steps)
      if (isAudioStep(step) && (!hasWav || &field != &data.fields[0] || &step != &field.steps[0]))
        return void(evaluator.error(DiagnosticKind::StepOfClass, seen.at(field.name),
                                    {"`" + step.name + "` of `" + field.name + "`",
                                     hasWav ? "it as the first step of the first field, which is the waveform"
                                            : "a waveform: the source `wav`"}));
  checkSoundAugmentations(hasWav);
  if (!hasWav)
    return;
  const Call *first = nullptr;
  for (const auto &[part, source] : parts()) {
    if (!*source)
      continue;
    Location where = seen.count(part) ? seen.at(part) : seen.at("source");
    if (!isWav(*source))
      return void(evaluator.error(DiagnosticKind::MixedSources, where,
                                  {"`" + (*source)->name + "`", "`wav`, as the other parts"}));
    if (!checkRecordings(**source, first, where))
      return;
    first = first ? first : &**source;
  }
  double rate = numberOr(*first, "rate", 0);
  checkWaveform(data.fields[0], rate, std::llround(rate * numberOr(*first, "seconds", 0)));
}

// `shift` and `noise` are of pictures and series too.
void DataReader::checkSoundAugmentations(bool hasWav) {
  for (const Field &field : data.fields) {
    if (field.kind != typed::FieldKind::Plain) // a column, checked as such
      continue;
    bool isSound = hasWav && &field == &data.fields[0];
    bool isMatrix = isSound && !field.steps.empty() && isAudioStep(field.steps[0]);
    for (const Call &step : field.augments) {
      const char *expected = nullptr;
      if (isMask(step) && !isMatrix)
        expected = "it of what `mfcc`, `mel` or `stft` have made";
      else if ((step.name == "speed" || step.name == "gain") && !isSound)
        expected = "it of a waveform: the source `wav`";
      else if (isSound && !isMask(step) &&
               !llvm::is_contained({"shift", "speed", "noise", "gain"}, llvm::StringRef(step.name)))
        expected = "`shift`, `speed`, `noise`, `gain`, `time_mask` or `frequency_mask`, which sounds have";
      if (expected)
        evaluator.error(DiagnosticKind::StepOfClass, seen.at(field.name),
                        {"`" + step.name + "` of `" + field.name + "`", expected});
    }
  }
}

bool DataReader::checkRecordings(const Call &source, const Call *first, Location where) {
  for (const char *name : {"rate", "seconds"}) {
    if (!argumentOf(source, name)) {
      evaluator.error(DiagnosticKind::MissingArgument, where, {"wav", name});
      return false;
    }
    if (first && numberOr(source, name, 0) != numberOr(*first, name, 0)) {
      evaluator.error(DiagnosticKind::MixedSources, where,
                      {"`" + std::string(name) + ": " + formatNumber(numberOr(source, name, 0)) + "`",
                       "the same as in the other part, " + formatNumber(numberOr(*first, name, 0))});
      return false;
    }
  }
  const CallArgument *pattern = argumentOf(source, "pattern");
  for (size_t i = 1; i < data.fields.size(); ++i) {
    const Field &field = data.fields[i];
    if (field.type.element != Element::Label || !field.type.shape.empty()) {
      evaluator.error(DiagnosticKind::FieldType, seen.at(field.name),
                      {"`" + toString(field.type) + "`",
                       "`class(k)` or `category(k)`: behind the waveform come parts of the file's name"});
      return false;
    }
    if (pattern && !llvm::is_contained(namesIn(pattern->text), field.sourceName)) {
      evaluator.error(
          DiagnosticKind::NotASource, where,
          {"the pattern `" + pattern->text + "`", "one with `{" + field.sourceName + "}`, a field"});
      return false;
    }
  }
  return true;
}

void DataReader::checkWaveform(Field &field, double rate, int64_t samples) {
  Location where = seen.at(field.name);
  Shape expected{{samples, false}};
  const Waveform waveform{rate, samples};
  if (!field.steps.empty() && isAudioStep(field.steps[0])) {
    Call &call = field.steps[0];
    SoundStep step(call, waveform);
    if (step.window > samples)
      return void(evaluator.error(DiagnosticKind::ArgumentOutside, where,
                                  {"window", std::to_string(step.window) + " samples",
                                   "at most the " + std::to_string(samples) + " of a waveform"}));
    if (call.name == "mfcc" && step.coefficients > step.bands)
      return void(evaluator.error(DiagnosticKind::ArgumentOutside, where,
                                  {"coefficients", std::to_string(step.coefficients),
                                   "at most the " + std::to_string(step.bands) + " bands"}));
    expected = step.shape(call.name, samples);
    call = step.call(call.name, waveform);
  }
  typed::TensorType type{Element::Float, expected, 0};
  // A waveform may be of one channel.
  if (expected.size() == 1 && field.type.shape.size() == 2)
    expected.push_back({1, false});
  if (field.type.element != Element::Float || field.type.shape != expected)
    evaluator.error(DiagnosticKind::ShapeMismatch, where,
                    {"`" + field.name + "`", toString(field.type), toString(type)});
}

} // namespace nn::sema
