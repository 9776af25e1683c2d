// The list of sources, and the border where their content is checked.
#include "runtime/data/Source.h"
#include "runtime/base/File.h"
#include "runtime/base/Text.h"
#include "runtime/data/Characters.h"
#include "runtime/data/Generated.h"
#include "runtime/data/Idx.h"

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

Result<Table> loadIdx(const nn_data &data, const nn_call &call, ReadContext &context) {
  if (call.argument_count != data.field_count)
    return dataError(std::string("data set `") + data.name + "`: `idx` names " +
                     std::to_string(call.argument_count) + " files for " + std::to_string(data.field_count) +
                     " fields");
  Table table;
  for (uint32_t i = 0; i < call.argument_count; ++i) {
    const nn_value &argument = call.arguments[i];
    if (!argument.text || (argument.name && *argument.name))
      return dataError(std::string("data set `") + data.name + "`: `idx` takes file names only");
    NNRT_ASSIGN(std::string path, context.roots.find(argument.text));
    NNRT_ASSIGN(Column column, readIdx(path));
    table.columns.push_back(std::move(column));
  }
  return table;
}

// The window is the shape of the fields, which the compiler has found to be one.
Result<Table> loadText(const nn_data &data, const nn_call &call, ReadContext &context) {
  if (call.argument_count < 1 || !call.arguments[0].text || data.field_count < 1)
    return dataError(std::string("data set `") + data.name + "`: `text` takes the name of a file");
  NNRT_ASSIGN(std::string path, context.roots.find(call.arguments[0].text));
  return readWindows(path, elementCount(recordShape(data.fields[0])), data.field_count);
}

// Labels that preprocessing makes are none in the file.
bool isMadeLabel(const nn_field &field) { return field.classes > 0 && field.step_count > 0; }

Result<Table> readSource(const nn_data &data, const nn_call &call, SplitName split, ReadContext &context) {
  if (isText(call))
    return loadText(data, call, context);
  if (isFileSource(call))
    return loadIdx(data, call, context);
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
bool nnrt::isFileSource(const nn_call &call) { return isText(call) || !strcmp(call.name, "idx"); }

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

Status nnrt::checkLabels(const Column &column, const nn_field &field) {
  if (field.classes <= 0 || isMadeLabel(field))
    return Done{};
  int64_t records = column.records();
  for (int64_t record = 0; record < records; ++record) {
    double value = column.at(record);
    if (!(value >= 0 && value < double(field.classes) && value == std::floor(value)))
      return dataError("`" + column.origin + "`: record " + std::to_string(record) + ": label " +
                       shortest(value) + " is not in class(" + std::to_string(field.classes) +
                       ") of field `" + field.name + "`");
  }
  return Done{};
}

Result<Table> nnrt::loadSource(const nn_data &data, const nn_call &call, SplitName split,
                               ReadContext &context) {
  NNRT_ASSIGN(Table table, readSource(data, call, split, context));
  if (table.columns.size() != data.field_count)
    return dataError(std::string("data set `") + data.name + "`: `" + call.name + "` gives " +
                     std::to_string(table.columns.size()) + " columns for " +
                     std::to_string(data.field_count) + " fields");
  table.records = table.columns.empty() ? 0 : table.columns[0].records();
  for (uint32_t i = 0; i < data.field_count; ++i) {
    const Column &column = table.columns[i];
    if (column.records() != table.records)
      return dataError("`" + table.columns[0].origin + "` holds " + std::to_string(table.records) +
                       " records, `" + column.origin + "` holds " + std::to_string(column.records()));
    NNRT_TRY(checkShape(column, data, data.fields[i]));
    NNRT_TRY(checkLabels(column, data.fields[i]));
  }
  if (table.records == 0)
    return dataError(std::string("data set `") + data.name + "`: `" + call.name + "` holds no records");
  return table;
}
