// Arguments by name, as the compiler's form of `partition` has them.
#include "runtime/data/PartitionOf.h"
#include "runtime/base/Text.h"
#include "runtime/data/Arguments.h"
#include "runtime/data/table/Windows.h"

#include <cstring>

using namespace nnrt;

namespace {

// Values of neighbouring rows are in a record of windows, and in a cell that `missing(forward)` fills.
bool joinsRows(const nn_data &data) {
  if (data.windows.name)
    return true;
  for (uint32_t i = 0; i < data.field_count; ++i)
    for (uint32_t k = 0; k < data.fields[i].step_count; ++k)
      if (const nn_value *by = argumentOf(data.fields[i].steps[k], "by");
          by && by->text && !strcmp(by->text, "forward"))
        return true;
  return false;
}

std::optional<size_t> placeOf(const nn_data &data, const char *name) {
  for (uint32_t i = 0; i < data.field_count; ++i)
    if (!strcmp(data.fields[i].name, name))
      return size_t(i);
  return std::nullopt;
}

class PlanReader {
public:
  PlanReader(const nn_data &data, const Table &table, const ReadContext &context)
      : data(data), table(table), context(context) {}

  Result<PartitionPlan> read() {
    plan.seed = context.seed;
    NNRT_TRY(readColumn("stratify", plan.stratify));
    NNRT_TRY(readColumn("group", plan.group));
    NNRT_TRY(readColumn("column", plan.column));
    if (const char *by = textOf("by")) {
      plan.inOrder = true;
      if (strcmp(by, "order") != 0)
        NNRT_TRY(readOrder());
    }
    plan.reach = plan.inOrder ? windowsReach(data) : 0;
    if (const nn_value *folds = argumentOf(data.partition, "folds"))
      plan.folds = int64_t(context.number(*folds));
    NNRT_TRY(readShare("train", plan.trainValue, [&](double share) { plan.train = share; }));
    NNRT_TRY(readShare("validation", plan.validationValue, [&](double share) { plan.validation = share; }));
    NNRT_TRY(readTest());
    return std::move(plan);
  }

private:
  const char *textOf(const char *name) const {
    const nn_value *argument = argumentOf(data.partition, name);
    return argument ? argument->text : nullptr;
  }

  Result<size_t> fieldNamed(const char *name) const {
    if (auto place = placeOf(data, name))
      return *place;
    return dataError(std::string("data set `") + data.name + "`: `partition` names the unknown field `" +
                     name + "`");
  }

  Status readColumn(const char *name, ValueOf &into) const {
    const char *field = textOf(name);
    if (!field)
      return Done{};
    NNRT_ASSIGN(size_t place, fieldNamed(field));
    into = valueOf(table, place);
    return Done{};
  }

  Status readOrder() {
    NNRT_TRY(readColumn("by", plan.orderBy));
    return checkOrder(data, table);
  }

  // A text is a cell of the column that tells the part.
  template <class Use> Status readShare(const char *name, std::optional<double> &value, const Use &use) {
    const nn_value *argument = argumentOf(data.partition, name);
    if (argument && argument->text)
      return readCell(*argument, value);
    if (argument)
      use(context.number(*argument));
    return Done{};
  }

  Status readTest() {
    const nn_value *test = argumentOf(data.partition, "test");
    if (test && plan.folds)
      plan.fold = int64_t(context.number(*test));
    else if (test && plan.column)
      return readCell(*test, plan.testValue);
    else if (test)
      plan.test = context.number(*test);
    return Done{};
  }

  Status readCell(const nn_value &cell, std::optional<double> &value) const {
    NNRT_ASSIGN(size_t place, fieldNamed(textOf("column")));
    value = cellValue(data.fields[place], table.columns[place], cell.text, context.number(cell));
    if (value && isThere(place, *value))
      return Done{};
    return dataError(std::string("data set `") + data.name + "`: `partition` asks for `" +
                     (cell.text ? cell.text : shortest(context.number(cell))) +
                     "`, which is no cell of column `" + data.fields[place].name + "`");
  }

  bool isThere(size_t place, double value) const {
    ValueOf valueOfRecord = valueOf(table, place);
    for (int64_t record = 0; record < table.records; ++record)
      if (valueOfRecord(record) == value)
        return true;
    return false;
  }

  // The number that stands for a cell in the column: of categories, its place among the cells. Names of
  // classes stand in their order, so that a number is a class.
  static std::optional<double> cellValue(const nn_field &field, const Column &column, const char *text,
                                         double number) {
    if (!column.dictionary)
      return text ? parseNumber(text) : std::optional(number);
    const std::vector<std::string> &cells = column.dictionary->texts;
    bool isClass = field.kind == NN_FIELD_PLAIN && !text;
    if (isClass && number >= 0 && number + 1 < double(cells.size()))
      return double(missingText + 1) + number;
    if (isClass)
      return std::nullopt;
    for (size_t i = size_t(missingText) + 1; i < cells.size(); ++i)
      if (text ? cells[i] == text : parseNumber(cells[i]) == number)
        return double(i);
    return std::nullopt;
  }

  const nn_data &data;
  const Table &table;
  const ReadContext &context;
  PartitionPlan plan;
};

bool takesShare(const nn_data &data, SplitName name) {
  return name == SplitName::validation ? !data.validation.name && data.validation_share > 0
                                       : !data.test.name && data.test_share > 0;
}

} // namespace

bool nnrt::hasPart(const nn_data &data, SplitName name) {
  if (!data.train.name)
    return false;
  if (name == SplitName::train)
    return true;
  return data.partition.name ? argumentOf(data.partition, nnrt::textOf(name)) != nullptr
                             : takesShare(data, name);
}

Status nnrt::checkOrder(const nn_data &data, const Table &table) {
  const nn_value *by = data.partition.name ? argumentOf(data.partition, "by") : nullptr;
  if (!by || !by->text || !strcmp(by->text, "order") || !joinsRows(data))
    return Done{};
  std::optional<size_t> place = placeOf(data, by->text);
  if (!place || table.columns[*place].width == 0)
    return Done{};
  ValueOf value = valueOf(table, *place);
  for (int64_t record = 1; record < table.records; ++record)
    if (value(record) < value(record - 1))
      return dataError("`" + table.columns[*place].origin + "`: `" + by->text + "` of record " +
                       std::to_string(record + 1) +
                       " is before that of the one above; windows and `missing(forward)` need a file in its "
                       "order");
  return Done{};
}

// A text is cut in file order, so that no part overlaps or surrounds another; other records are mixed.
Result<PartitionPlan> nnrt::partitionOf(const nn_data &data, const Table &table, const ReadContext &context) {
  if (data.partition.name)
    return PlanReader(data, table, context).read();
  PartitionPlan plan;
  plan.seed = context.seed;
  plan.validation = takesShare(data, SplitName::validation) ? data.validation_share : 0;
  plan.test = takesShare(data, SplitName::test) ? data.test_share : 0;
  plan.inOrder = isText(data.train);
  return plan;
}
