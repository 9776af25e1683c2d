// The list of sources, and the border where their content is checked.
#include "runtime/data/Source.h"
#include "runtime/base/File.h"
#include "runtime/base/Text.h"
#include "runtime/data/BadRecords.h"
#include "runtime/data/Characters.h"
#include "runtime/data/ColumnWriter.h"
#include "runtime/data/CifarFolder.h"
#include "runtime/data/Generated.h"
#include "runtime/data/Idx.h"
#include "runtime/data/RecordSteps.h"
#include "runtime/data/audio/Chain.h"
#include "runtime/data/audio/Recordings.h"
#include "runtime/data/image/ImageSet.h"
#include "runtime/data/Npy.h"
#include "runtime/data/Npz.h"
#include "runtime/data/Words.h"
#include "runtime/data/table/ReadTable.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

using namespace nnrt;

namespace {

struct Generator {
  const char *name;
  Result<Table> (*make)(Arguments, const GeneratorKey &);
};
constexpr Generator generators[] = {{"digits", makeDigits},
                                    {"moons", makeMoons},
                                    {"spirals", makeSpirals},
                                    {"blobs", makeBlobs},
                                    {"xor", makeXor}};

// Of all fields, as bytes: no record has less.
uint64_t bytesOfRecord(const nn_data &data) {
  uint64_t bytes = 0;
  for (uint32_t i = 0; i < data.field_count; ++i)
    bytes += uint64_t(elementCount(recordShape(data.fields[i])));
  return bytes;
}

// One file a field.
Result<Table> loadFiles(const nn_data &data, const nn_call &call, ReadContext &context,
                        Result<Column> (*read)(const std::string &path, uint64_t recordBytes)) {
  const std::string about = std::string("data set `") + data.name + "`: `" + call.name + "` ";
  if (call.argument_count != data.field_count)
    return dataError(about + "names " + std::to_string(call.argument_count) + " files for " +
                     std::to_string(data.field_count) + " fields");
  Table table;
  uint64_t recordBytes = bytesOfRecord(data);
  for (uint32_t i = 0; i < call.argument_count; ++i) {
    const nn_value &argument = call.arguments[i];
    if (!argument.text || (argument.name && *argument.name))
      return dataError(about + "takes file names only");
    NNRT_ASSIGN(std::string path, context.roots.find(argument.text));
    NNRT_ASSIGN(Column column, read(path, recordBytes));
    table.columns.push_back(std::move(column));
  }
  return table;
}

// An array a field, by the name that the source has for it.
Result<Table> loadNpz(const nn_data &data, const nn_call &call, ReadContext &context) {
  if (call.argument_count != 1 || !call.arguments[0].text)
    return dataError(std::string("data set `") + data.name + "`: `npz` takes the name of a file");
  NNRT_ASSIGN(std::string path, context.roots.find(call.arguments[0].text));
  NNRT_ASSIGN(ZipArchive archive, ZipArchive::open(path));
  Table table;
  for (uint32_t i = 0; i < data.field_count; ++i) {
    NNRT_ASSIGN(Column column, readNpz(archive, data.fields[i].source_name, bytesOfRecord(data)));
    table.columns.push_back(std::move(column));
  }
  return table;
}

// The window is the shape of the fields, which the compiler has found to be one.
Result<Table> loadText(const nn_data &data, const nn_call &call, ReadContext &context) {
  if (call.argument_count < 1 || !call.arguments[0].text || data.field_count < 1)
    return dataError(std::string("data set `") + data.name + "`: `text` takes the name of a file");
  NNRT_ASSIGN(std::string path, context.roots.find(call.arguments[0].text));
  return (isWords(data) ? readWordWindows : readWindows)(path, elementCount(recordShape(data.fields[0])),
                                                         data.field_count);
}

Result<Table> readSource(const nn_data &data, const nn_call &call, SplitName split, ReadContext &context) {
  if (isText(call))
    return loadText(data, call, context);
  if (isTable(call))
    return readTable(data, call, split == SplitName::train ? Purpose::training : Purpose::evaluation,
                     context);
  if (!strcmp(call.name, "images"))
    return readImages(data, call, context);
  if (!strcmp(call.name, "wav"))
    return readRecordings(data, call, context);
  if (!strcmp(call.name, "cifar10") || !strcmp(call.name, "cifar100"))
    return readCifar(data, call, split == SplitName::test, context);
  if (!strcmp(call.name, "npy"))
    return loadFiles(data, call, context, [](const std::string &path, uint64_t recordBytes) {
      return readNpy(path, recordBytes);
    });
  if (!strcmp(call.name, "npz"))
    return loadNpz(data, call, context);
  if (!strcmp(call.name, "idx"))
    return loadFiles(data, call, context, readIdx);
  for (const Generator &generator : generators)
    if (!strcmp(call.name, generator.name))
      return generator.make(Arguments(call, data.name), GeneratorKey{context.seed, textOf(split)});
  return dataError(std::string("data set `") + data.name + "`: unknown source `" + call.name + "`");
}

std::vector<int64_t> withoutUnitAxes(std::vector<int64_t> shape) {
  shape.erase(std::remove(shape.begin(), shape.end(), 1), shape.end());
  return shape;
}

} // namespace

const char *nnrt::textOf(SplitName name) {
  return name == SplitName::train ? "train" : name == SplitName::validation ? "validation" : "test";
}

bool nnrt::isText(const nn_call &call) { return call.name && !strcmp(call.name, "text"); }
bool nnrt::isWords(const nn_data &data) {
  const nn_value *by = isText(data.train) ? argumentOf(data.train, "by") : nullptr;
  return by && by->text && !strcmp(by->text, "words");
}
bool nnrt::isTable(const nn_call &call) { return call.name && !strcmp(call.name, "csv"); }
bool nnrt::isFileSource(const nn_call &call) {
  for (const char *name : {"text", "csv", "idx", "npy", "npz", "wav", "images", "cifar10", "cifar100"})
    if (!strcmp(call.name, name))
      return true;
  return false;
}

uint32_t nnrt::givenFields(const nn_data &data) {
  uint32_t count = data.field_count;
  while (count > 0 && data.fields[count - 1].kind == NN_FIELD_SOFT)
    --count;
  return count;
}

std::vector<int64_t> nnrt::recordShape(const nn_field &field) {
  const nn_tensor &input = field.input;
  return input.rank ? std::vector<int64_t>(input.shape + 1, input.shape + input.rank)
                    : std::vector<int64_t>();
}

int64_t nnrt::elementCount(const std::vector<int64_t> &shape) {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

Status nnrt::checkShape(const Column &column, const nn_data &data, const nn_field &field) {
  std::vector<int64_t> expected = recordShape(field);
  if (withoutUnitAxes(column.shape) == withoutUnitAxes(expected))
    return Done{};
  return dataError("`" + column.origin + "` has records of shape " + shapeText(column.shape) + ", field `" +
                   field.name + "` of data set `" + data.name + "` has shape " + shapeText(expected));
}

namespace {

// Steps of whole records, on all of them.
Status finishRecords(Column &column, const nn_data &data, const nn_field &field, uint64_t tableBytes) {
  NNRT_ASSIGN(RecordSteps steps, RecordSteps::of(data, field));
  if (!steps.isIdentity()) {
    NNRT_ASSIGN(Column finished, steps.apply(column, recordShape(field)));
    if (field.augment_count > 0 && isSound(data, field)) {
      NNRT_ASSIGN(Column raw, placeRecords(std::move(column), 0));
      finished.raw = std::make_shared<const Column>(std::move(raw));
    }
    column = std::move(finished);
  }
  NNRT_TRY(checkShape(column, data, field));
  NNRT_ASSIGN(column, placeRecords(std::move(column), tableBytes));
  return Done{};
}

// The columns of arrays: as many records each, of the fields' shapes, and of values that the fields take.
Status checkRecords(Table &table, const nn_data &data, SkipBad &bad) {
  table.records = table.columns.empty() ? 0 : table.columns[0].records();
  for (uint32_t i = 0; i < data.field_count; ++i) {
    const Column &column = table.columns[i];
    if (column.records() != table.records)
      return dataError("`" + table.columns[0].origin + "` holds " + std::to_string(table.records) +
                       " records, `" + column.origin + "` holds " + std::to_string(column.records()));
    NNRT_ASSIGN(RecordSteps steps, RecordSteps::of(data, data.fields[i]));
    if (steps.isIdentity())
      NNRT_TRY(checkShape(column, data, data.fields[i]));
  }
  return leaveOutBadRecords(table, data, bad);
}

} // namespace

Result<Table> nnrt::loadSource(const nn_data &data, const nn_call &call, SplitName split,
                               ReadContext &context) {
  nn_data given = data;
  given.field_count = givenFields(data);
  NNRT_ASSIGN(Table table, readSource(given, call, split, context));
  if (table.columns.size() != given.field_count)
    return dataError(std::string("data set `") + data.name + "`: `" + call.name + "` gives " +
                     std::to_string(table.columns.size()) + " columns for " +
                     std::to_string(given.field_count) + " fields");
  if (!isTable(call)) // which has columns for fields that are read, and has checked them
    NNRT_TRY(checkRecords(table, given, context.bad));
  uint64_t tableBytes = 0;
  for (const Column &column : table.columns)
    tableBytes += column.recordBytes();
  for (uint32_t i = 0; !isTable(call) && i < given.field_count; ++i)
    NNRT_TRY(finishRecords(table.columns[i], data, data.fields[i], tableBytes));
  // What is made of other fields has no values of its own.
  while (table.columns.size() < data.field_count)
    table.columns.push_back({call.name, {}, 1, Bytes(size_t(table.records))});
  if (table.records == 0)
    return dataError(std::string("data set `") + data.name + "`: `" + call.name + "` holds no records");
  return table;
}
