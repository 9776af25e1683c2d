// `info`: what the executable was compiled from and for, and what it needs.
#include "runtime/base/Json.h"
#include "runtime/base/Text.h"
#include "runtime/cli/Commands.h"
#include "runtime/cli/Help.h"
#include "runtime/cli/Output.h"
#include "runtime/data/BatchFeed.h"
#include "runtime/data/CallText.h"
#include "runtime/train/Hypers.h"

using namespace nnrt;

namespace {

int64_t parameterTotal(const nn_program &program) {
  int64_t total = 0;
  for (uint32_t i = 0; i < program.parameter_count; ++i)
    total += elementCount(program.parameters[i]);
  return total;
}

std::string fieldText(const nn_field &field) {
  std::string text = field.classes ? "class(" + std::to_string(field.classes) + ")" +
                                         (field.input.rank > 1 ? shapeText(recordShape(field)) : "")
                                   : shapeText(recordShape(field));
  for (uint32_t i = 0; i < field.step_count; ++i)
    text += " |> " +
            (field.steps[i].argument_count ? callText(field.steps[i]) : std::string(field.steps[i].name));
  return text;
}

OrderedJson dataJson(const nn_program &program) {
  OrderedJson all = OrderedJson::array();
  for (uint32_t i = 0; i < program.data_count; ++i) {
    const nn_data &data = program.data[i];
    OrderedJson splits = OrderedJson::object(), fields = OrderedJson::object();
    for (const auto &[name, source] : splitTexts(data))
      splits[name] = source;
    for (uint32_t k = 0; k < data.field_count; ++k)
      fields[data.fields[k].name] = fieldText(data.fields[k]);
    all.push_back({{"name", data.name}, {"splits", splits}, {"fields", fields}});
  }
  return all;
}

std::string dataNames(const nn_program &program, const nn_train &train) {
  std::string names;
  for (const nn_data *data : dataSetsOf(program, train))
    names += (names.empty() ? "" : ", ") + std::string(data->name);
  return names;
}

OrderedJson trainsJson(const nn_program &program) {
  OrderedJson all = OrderedJson::array();
  for (uint32_t i = 0; i < program.train_count; ++i) {
    const nn_train &train = program.trains[i];
    all.push_back({{"name", train.name},
                   {"data", dataNames(program, train)},
                   {"batch", train.batch},
                   {"epochs", train.epochs}});
  }
  return all;
}

OrderedJson hypersJson(const nn_program &program) {
  OrderedJson all = OrderedJson::array();
  for (uint32_t i = 0; i < program.hyper_count; ++i) {
    const nn_hyper &hyper = program.hypers[i];
    all.push_back({{"name", hyper.name},
                   {"value", hyper.value},
                   {"range", rangeText(hyper)},
                   {"compiled", hyper.compiled != 0},
                   {"doc", hyper.doc ? hyper.doc : ""}});
  }
  return all;
}

std::string jsonReport(const nn_program &program) {
  return jsonText({{"program", program.name},
                   {"compiler", program.compiler},
                   {"cpu", program.cpu},
                   {"precision", program.dtype == NN_F64 ? "f64" : "f32"},
                   {"source", program.source_directory},
                   {"parameters", parameterTotal(program)},
                   {"arena_bytes", program.arena_bytes},
                   {"persistent_bytes", program.persistent_bytes},
                   {"data", dataJson(program)},
                   {"trains", trainsJson(program)},
                   {"hypers", hypersJson(program)}}) +
         "\n";
}

std::string textReport(const nn_program &program) {
  std::vector<std::vector<std::string>> rows = {{"program", program.name},
                                                {"compiler", program.compiler},
                                                {"cpu", program.cpu},
                                                {"precision", program.dtype == NN_F64 ? "f64" : "f32"},
                                                {"source", program.source_directory},
                                                {"parameters", grouped(parameterTotal(program))},
                                                {"memory", byteCount(program.arena_bytes) + ", of which " +
                                                               byteCount(program.persistent_bytes) +
                                                               " parameters, state and optimizer state"}};
  for (uint32_t i = 0; i < program.data_count; ++i) {
    const nn_data &data = program.data[i];
    rows.push_back({"data", data.name});
    for (const auto &[name, source] : splitTexts(data))
      rows.push_back({"  " + name, source});
    for (uint32_t k = 0; k < data.field_count; ++k)
      rows.push_back({std::string("  ") + data.fields[k].name, fieldText(data.fields[k])});
  }
  for (uint32_t i = 0; i < program.train_count; ++i) {
    const nn_train &train = program.trains[i];
    rows.push_back({"train", std::string(train.name) + " on " + dataNames(program, train) + ", batch " +
                                 std::to_string(train.batch) + ", epochs " + std::to_string(train.epochs)});
  }
  std::string text = tableText(rows, {false, false});
  return text + hyperHelp(program);
}

} // namespace

Result<int> nnrt::infoCommand(const Options &options, const nn_program &program) {
  printOut(options.json ? jsonReport(program) : textReport(program));
  NNRT_TRY(finishOutput());
  return int(exitOk);
}
