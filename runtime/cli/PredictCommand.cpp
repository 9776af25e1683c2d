// `predict`: the values of the `predict` expression for a file or a split, a row a record.
#include "runtime/base/Text.h"
#include "runtime/cli/Commands.h"
#include "runtime/cli/Output.h"
#include "runtime/cli/Setup.h"
#include "runtime/data/Batch.h"
#include "runtime/data/Characters.h"
#include "runtime/data/Idx.h"
#include "runtime/data/RecordSteps.h"
#include "runtime/data/Words.h"
#include "runtime/data/audio/Recordings.h"
#include "runtime/data/image/ImageSet.h"
#include "runtime/data/PartitionOf.h"
#include "runtime/data/table/ReadTable.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>

using namespace nnrt;

namespace {

using FillBatch = std::function<void(uint8_t *arena, const BatchRow *rows, int64_t count)>;

// A row as CSV, or as a JSON array, in which NaN and infinity have no spelling but null.
std::string rowText(const nn_program &program, const Arena &arena, int64_t row, bool json) {
  std::string text;
  for (uint32_t i = 0; i < program.output_count; ++i) {
    const nn_tensor &value = program.outputs[i].value;
    int64_t width = elementCount(value);
    for (int64_t k = row * width; k < (row + 1) * width; ++k) {
      bool spelt = !json || std::isfinite(arena.number(value, k));
      text += (text.empty() ? "" : ",") + (spelt ? arena.numberText(value, k) : "null");
    }
  }
  return json ? "[" + text + "]" : text + "\n";
}

Status printPredictions(const nn_program &program, Arena &arena, const Indices &records,
                        const FillBatch &fill, bool json) {
  if (program.fold)
    program.fold(arena.data(), program.batch, 0);
  if (json)
    printOut("{\"predictions\":[");
  std::vector<BatchRow> batch(size_t(program.batch));
  for (int64_t first = 0, count = records.size(); first < count; first += program.batch) {
    int64_t rows = std::min(program.batch, count - first);
    for (int64_t row = 0; row < rows; ++row)
      batch[size_t(row)] = {records[first + row], 0};
    fill(arena.data(), batch.data(), rows);
    NNRT_TRY(recordFailure());
    program.predict(arena.data(), rows, 0);
    for (int64_t row = 0; row < rows; ++row)
      printOut((json && first + row > 0 ? "," : "") + rowText(program, arena, row, json));
  }
  if (json)
    printOut("]}\n");
  return finishOutput();
}

// The one field that a file can fill: the characters of a text, else the only one that is not a class label.
Result<uint32_t> inputField(const nn_data &data) {
  if (isText(data.train))
    return uint32_t(0);
  std::vector<uint32_t> inputs;
  for (uint32_t i = 0; i < data.field_count; ++i)
    if (data.fields[i].classes == 0 && data.fields[i].kind != NN_FIELD_SOFT)
      inputs.push_back(i);
  if (inputs.size() != 1)
    return usageError(std::string("data set `") + data.name + "` has " + std::to_string(inputs.size()) +
                      " input fields, so one file cannot fill them: name a split");
  return inputs[0];
}

bool readsFiles(const nn_data &data) {
  for (const nn_call *call : {&data.train, &data.validation, &data.test})
    if (call->name && isFileSource(*call))
      return true;
  return false;
}

Result<Column> readInput(const std::string &path, const nn_data &data, const nn_field &field, SkipBad &bad) {
  if (!strcmp(data.train.name, "images"))
    return readPictures(path, field, bad);
  if (!strcmp(data.train.name, "wav"))
    return readWaveforms(path, data.train, data.name, bad);
  if (!isText(data.train))
    return readIdx(path);
  auto read = isWords(data) ? readWordWindows : readWindows;
  NNRT_ASSIGN(Table table, read(path, elementCount(recordShape(field)), 1));
  return std::move(table.columns[0]);
}

// A table with the columns of the data set; the targets may be absent.
Status predictTable(const Options &options, const nn_program &program, const nn_data &data,
                    LoadedModel &model, Setup &setup) {
  NNRT_ASSIGN(ByteReader bytes, ByteReader::open(options.input));
  NNRT_ASSIGN(Table table,
              readTable(data, data.train, std::move(bytes), Purpose::prediction, setup.reading.bad));
  setup.reading.bad.tellTotal();
  NNRT_TRY(checkOrder(data, table));
  if (table.records == 0)
    return dataError("`" + options.input + "` holds no records");
  Indices records = Indices::all(table.records);
  for (uint32_t i = 0; i < data.field_count; ++i)
    if (table.columns[i].width > 0 && data.fields[i].kind != NN_FIELD_TARGET)
      NNRT_TRY(model.preprocessing[i].check(table.columns[i], records));
  BatchFiller filler(data, table, model.preprocessing.data());
  return printPredictions(
      program, model.arena, records,
      [&](uint8_t *arena, const BatchRow *rows, int64_t count) {
        filler.fill(arena, {rows, count, 0, count});
      },
      options.json);
}

Status predictFile(const Options &options, const nn_program &program, const nn_data &data, LoadedModel &model,
                   SkipBad &bad) {
  NNRT_ASSIGN(uint32_t index, inputField(data));
  if (!readsFiles(data))
    return usageError("`" + options.input + "` is not a split, and data set `" + data.name +
                      "` is generated: name one of train, validation, test");
  NNRT_ASSIGN(Column column, readInput(options.input, data, data.fields[index], bad));
  bad.tellTotal();
  NNRT_ASSIGN(RecordSteps steps, RecordSteps::of(data, data.fields[index]));
  if (!steps.isIdentity()) {
    NNRT_ASSIGN(column, steps.apply(column, recordShape(data.fields[index])));
  }
  NNRT_TRY(checkShape(column, data, data.fields[index]));
  Indices records = Indices::all(column.records());
  NNRT_TRY(model.preprocessing[index].check(column, records));
  const nn_tensor &input = data.fields[index].input;
  FieldFiller filler(data.fields[index], column, model.preprocessing[index]);
  return printPredictions(
      program, model.arena, records,
      [&](uint8_t *arena, const BatchRow *rows, int64_t count) {
        if (input.bytes)
          filler.fill(arena + input.offset, {rows, count, 0, count});
        for (int64_t row = 0; row < count && data.ids.bytes; ++row)
          memcpy(arena + data.ids.offset + size_t(row) * sizeof(int64_t), &rows[row].record, sizeof(int64_t));
      },
      options.json);
}

Status predictSplit(const Options &options, const nn_program &program, const nn_data &data,
                    LoadedModel &model, SplitName name, Setup &setup) {
  NNRT_ASSIGN(Split split, loadSplit(data, name, setup.reading));
  setup.reading.bad.tellTotal();
  NNRT_TRY(checkPreprocessing(model.preprocessing.data(), split));
  BatchFiller filler(data, *split.table, model.preprocessing.data());
  return printPredictions(
      program, model.arena, split.records,
      [&](uint8_t *arena, const BatchRow *rows, int64_t count) {
        filler.fill(arena, {rows, count, 0, count});
      },
      options.json);
}

} // namespace

Result<int> nnrt::predictCommand(const Options &options, const nn_program &program) {
  if (!program.predict)
    return usageError(std::string("`") + program.name + "` has no `predict` statement");
  if (options.split && !options.input.empty())
    return usageError("INPUT and --split are two answers to one question: give one");
  const nn_data &data = program.data[program.predict_data];
  std::optional<SplitName> split =
      options.input.empty() ? options.split.value_or(defaultSplit(data)) : parseSplit(options.input);
  NNRT_ASSIGN(Setup setup, chooseSetup(options, program));
  NNRT_ASSIGN(LoadedModel model, loadModel(program, {&data}, setup));
  if (split)
    NNRT_TRY(predictSplit(options, program, data, model, *split, setup));
  else if (isTable(data.train))
    NNRT_TRY(predictTable(options, program, data, model, setup));
  else
    NNRT_TRY(predictFile(options, program, data, model, setup.reading.bad));
  return int(exitOk);
}
