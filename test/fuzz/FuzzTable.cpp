// A table of all kinds of cells, by name and by position, with windows.
#include "runtime/data/table/ReadTable.h"

#include <cstdlib>

using namespace nnrt;

namespace {

nn_value forward{"by", "forward", 0, 0}, mode{"by", "mode", 0, 0}, median{"by", "median", 0, 0},
    code{"code", nullptr, 0, 0}, indicator{"indicator", nullptr, 1, 0}, noHeader{"header", nullptr, 0, 0},
    length{"length", nullptr, 2, 0};
nn_value medianOfZeros[] = {median, code}, forwardIndicated[] = {forward, indicator};
nn_call carries{"missing", 2, forwardIndicated}, fills{"missing", 2, medianOfZeros},
    fillsMode{"missing", 1, &mode};

nn_field fieldOf(const char *name, nn_cell cell, nn_field_kind kind, const nn_call *step) {
  nn_field field = {};
  field.name = field.source_name = name;
  field.kind = kind;
  field.cell = cell;
  field.span = 1;
  field.categories = cell == NN_CELL_CATEGORY ? 3 : 0;
  field.classes = cell == NN_CELL_CLASS ? 3 : 0;
  field.step_count = step != nullptr;
  field.steps = step;
  return field;
}

void readOnce(std::string_view text, const nn_call &source, bool windows) {
  nn_field fields[] = {fieldOf("a", NN_CELL_NUMBER, NN_FIELD_COLUMN, &fills),
                       fieldOf("b", NN_CELL_CATEGORY, NN_FIELD_COLUMN, &fillsMode),
                       fieldOf("c", NN_CELL_DATE, NN_FIELD_COLUMN, nullptr),
                       fieldOf("d", NN_CELL_NUMBER, NN_FIELD_COLUMN, &carries),
                       fieldOf("e", NN_CELL_CLASS, NN_FIELD_TARGET, nullptr)};
  nn_data data = {};
  data.name = "fuzz";
  data.train = source;
  data.field_count = 5;
  data.fields = fields;
  data.drops_duplicates = windows;
  if (windows)
    data.windows = {"windows", 1, &length};
  auto bytes = ByteReader::over("input", text);
  if (!bytes)
    return;
  SkipBad bad{1000, 10}; // beyond the number that is told one by one
  auto table = readTable(data, source, std::move(*bytes), Purpose::prediction, bad);
  for (size_t i = 0; table && i < table->columns.size(); ++i)
    if (table->columns[i].width > 0 && table->columns[i].records() != table->records)
      abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string_view text(reinterpret_cast<const char *>(data), size);
  readOnce(text, {"csv", 0, nullptr}, false);
  readOnce(text, {"csv", 1, &noHeader}, true);
  return 0;
}
