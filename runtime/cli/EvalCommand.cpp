// `eval`: loss terms and measures of a split.
#include "runtime/base/Json.h"
#include "runtime/base/Text.h"
#include "runtime/cli/Commands.h"
#include "runtime/cli/Output.h"
#include "runtime/cli/Setup.h"
#include "runtime/train/Evaluate.h"

using namespace nnrt;

namespace {

std::vector<NamedValue> allValues(const Evaluation &evaluation) {
  std::vector<NamedValue> values = evaluation.terms;
  values.insert(values.end(), evaluation.measures.begin(), evaluation.measures.end());
  return values;
}

std::string jsonReport(const Evaluation &evaluation) {
  OrderedJson json = OrderedJson::object();
  for (const NamedValue &value : allValues(evaluation))
    json[value.name] = value.value;
  json["samples"] = evaluation.samples;
  return jsonText(json) + "\n";
}

std::string textReport(const Evaluation &evaluation) {
  std::vector<std::vector<std::string>> rows;
  for (const NamedValue &value : allValues(evaluation))
    rows.push_back({value.name, brief(value.value)});
  rows.push_back({"samples", std::to_string(evaluation.samples)});
  return tableText(rows, {false, false});
}

} // namespace

Result<int> nnrt::evalCommand(const Options &options, const nn_program &program) {
  if (!options.train.empty() || program.train_count == 0)
    NNRT_TRY(chooseTrain(program, options.train));
  NNRT_ASSIGN(Setup setup, chooseSetup(options, program));
  std::string name = options.train;
  for (uint32_t i = 0; i < program.train_count && options.train.empty(); ++i)
    if (setup.config.train == program.trains[i].name)
      name = setup.config.train;
  NNRT_ASSIGN(const nn_train *train, chooseTrain(program, name));
  const nn_data &data = program.data[train->data];
  NNRT_ASSIGN(LoadedModel model, loadModel(program, data, setup));
  NNRT_ASSIGN(Split split,
              loadSplit(data, options.split.value_or(defaultSplit(data)), setup.seed, setup.roots));
  NNRT_TRY(checkPreprocessing(model.preprocessing, split));
  Evaluation evaluation = evaluate(program, *train, model.arena, split, model.preprocessing);
  printOut(options.json ? jsonReport(evaluation) : textReport(evaluation));
  NNRT_TRY(finishOutput());
  return int(exitOk);
}
