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

// Nested arrays, the last axis innermost.
OrderedJson arrayJson(const MeasuredValue &table, size_t axis, size_t &next) {
  if (axis == table.shape.size())
    return table.values[next++];
  OrderedJson array = OrderedJson::array();
  for (int64_t i = 0; i < table.shape[axis]; ++i)
    array.push_back(arrayJson(table, axis + 1, next));
  return array;
}

// A row a line, the last axis across.
std::string valuesTable(const MeasuredValue &table) {
  size_t columns = size_t(table.shape.back());
  std::vector<std::vector<std::string>> rows = {{""}};
  for (size_t column = 0; column < columns; ++column)
    rows[0].push_back(std::to_string(column));
  for (size_t i = 0; i < table.values.size(); ++i) {
    if (i % columns == 0)
      rows.push_back({table.shape.size() > 1 ? std::to_string(i / columns) : ""});
    rows.back().push_back(brief(table.values[i]));
  }
  return "\n" + table.name + "\n" + tableText(rows, std::vector<bool>(columns + 1, true));
}

std::string jsonReport(const Evaluation &evaluation) {
  OrderedJson json = OrderedJson::object();
  for (const NamedValue &value : allValues(evaluation))
    json[value.name] = value.value;
  for (const MeasuredValue &table : evaluation.tables) {
    size_t next = 0;
    json[table.name] = arrayJson(table, 0, next);
  }
  json["samples"] = evaluation.samples;
  return jsonText(json) + "\n";
}

std::string textReport(const Evaluation &evaluation) {
  std::vector<std::vector<std::string>> rows;
  for (const NamedValue &value : allValues(evaluation))
    rows.push_back({value.name, brief(value.value)});
  rows.push_back({"samples", std::to_string(evaluation.samples)});
  std::string text = tableText(rows, {false, false});
  for (const MeasuredValue &table : evaluation.tables)
    text += valuesTable(table);
  return text;
}

// That split of each data set; a data set without it, other than the first, lends its train part.
Result<std::vector<Split>> loadSplits(const std::vector<const nn_data *> &sets, SplitName name, Setup &setup,
                                      const Preprocessing &preprocessing) {
  std::vector<Split> splits;
  const Preprocess *fields = preprocessing.data();
  for (const nn_data *data : sets) {
    SplitName own = data == sets[0] || hasSplit(*data, name) ? name : SplitName::train;
    NNRT_ASSIGN(Split split, loadSplit(*data, own, setup.reading));
    NNRT_TRY(checkPreprocessing(fields, split));
    splits.push_back(std::move(split));
    fields += data->field_count;
  }
  setup.reading.bad.tellTotal();
  return splits;
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
  std::vector<const nn_data *> sets = dataSetsOf(program, *train);
  NNRT_ASSIGN(LoadedModel model, loadModel(program, sets, setup));
  SplitName split = options.split.value_or(defaultSplit(*sets[0]));
  NNRT_ASSIGN(std::vector<Split> splits, loadSplits(sets, split, setup, model.preprocessing));
  std::vector<const Split *> places;
  places.reserve(splits.size());
  for (const Split &one : splits)
    places.push_back(&one);
  Evaluation evaluation = evaluate(program, *train, model.arena, places, model.preprocessing);
  NNRT_TRY(recordFailure());
  printOut(options.json ? jsonReport(evaluation) : textReport(evaluation));
  NNRT_TRY(finishOutput());
  return int(exitOk);
}
