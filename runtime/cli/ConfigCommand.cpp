// `config`: every hyperparameter, with what may be set and where: at run time or when compiling.
#include "runtime/base/Json.h"
#include "runtime/cli/Commands.h"
#include "runtime/cli/Output.h"
#include "runtime/train/Hypers.h"

using namespace nnrt;

namespace {

const char *typeName(const nn_hyper &hyper) {
  return hyper.type == NN_HYPER_BOOL ? "bool" : hyper.type == NN_HYPER_INT ? "int" : "f32";
}

OrderedJson typedValue(const nn_hyper &hyper, double value) {
  if (hyper.type == NN_HYPER_BOOL)
    return value != 0;
  if (hyper.type == NN_HYPER_INT)
    return int64_t(value);
  return value;
}

OrderedJson rangeJson(const nn_hyper &hyper) {
  if (hyper.range == NN_RANGE_LINEAR || hyper.range == NN_RANGE_LOG)
    return {{"kind", hyper.range == NN_RANGE_LOG ? "log" : "linear"},
            {"low", typedValue(hyper, hyper.low)},
            {"high", typedValue(hyper, hyper.high)}};
  if (hyper.range != NN_RANGE_LIST)
    return nullptr;
  OrderedJson choices = OrderedJson::array();
  for (uint32_t i = 0; i < hyper.choice_count; ++i)
    choices.push_back(typedValue(hyper, hyper.choices[i]));
  return {{"kind", "list"}, {"choices", choices}};
}

std::string jsonReport(const nn_program &program) {
  OrderedJson all = OrderedJson::array();
  for (uint32_t i = 0; i < program.hyper_count; ++i) {
    const nn_hyper &hyper = program.hypers[i];
    all.push_back({{"name", hyper.name},
                   {"type", typeName(hyper)},
                   {"default", typedValue(hyper, hyper.value)},
                   {"range", rangeJson(hyper)},
                   {"compiled", hyper.compiled != 0},
                   {"doc", hyper.doc ? hyper.doc : ""}});
  }
  return jsonText({{"program", program.name}, {"hypers", all}}) + "\n";
}

std::string textReport(const nn_program &program) {
  if (program.hyper_count == 0)
    return "no hyperparameters\n";
  std::vector<std::vector<std::string>> rows = {{"name", "type", "default", "range", "set", "meaning"}};
  for (uint32_t i = 0; i < program.hyper_count; ++i) {
    const nn_hyper &hyper = program.hypers[i];
    std::string range = rangeText(hyper);
    rows.push_back({hyper.name, typeName(hyper), hyperText(hyper, hyper.value), range.empty() ? "any" : range,
                    hyper.compiled ? "nnc --set" : "--set", hyper.doc ? hyper.doc : ""});
  }
  return tableText(rows, {false, false, true, false, false, false});
}

} // namespace

Result<int> nnrt::configCommand(const Options &options, const nn_program &program) {
  printOut(options.json ? jsonReport(program) : textReport(program));
  NNRT_TRY(finishOutput());
  return int(exitOk);
}
