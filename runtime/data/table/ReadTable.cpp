#include "runtime/data/table/ReadTable.h"
#include "runtime/base/Text.h"
#include "runtime/data/ValueStep.h"
#include "runtime/data/table/CellReader.h"
#include "runtime/data/table/Duplicates.h"
#include "runtime/data/table/Windows.h"

#include <cstdio>
#include <cstring>

using namespace nnrt;

namespace {

class TableReader {
public:
  TableReader(const nn_data &data, const nn_call &call, CsvReader reader, Purpose purpose, SkipBad &bad)
      : data(data), reader(std::move(reader)), purpose(purpose), bad(bad) {
    if (const nn_value *missing = argumentOf(call, "missing"); missing && missing->text)
      tokens = MissingTokens::of(missing->text);
    const nn_value *decimal = argumentOf(call, "decimal");
    hasDecimalComma = decimal && decimal->text && !strcmp(decimal->text, "comma");
  }
  // A second file whose records stand beside those of the first.
  void join(CsvReader other) { beside.emplace(std::move(other)); }
  Result<Table> read();

private:
  Status placeByName(CellReader &cells, const nn_field &field, bool &isAbsent);
  Status placeFields();
  Status placeByPosition(size_t cellCount);
  const std::vector<std::string_view> &record() const { return beside ? joined : reader.cells(); }
  Status readRow(bool &isKept);
  Status keepRow();
  Status writeRows();
  Status checkCount();
  Result<Table> finish();
  void tell() const;
  Result<bool> nextRecord();
  bool hasHeader() const { return !header.empty(); }

  const nn_data &data;
  CsvReader reader;
  std::optional<CsvReader> beside;
  std::vector<std::string> header;      // of both files
  std::vector<std::string_view> joined; // likewise, where there are two
  MissingTokens tokens;
  bool hasDecimalComma;
  Purpose purpose;
  SkipBad &bad;
  std::vector<std::optional<CellReader>> fields; // one a field; none for those that the file does not fill
  Duplicates duplicates;
  size_t cellCount = 0; // of every record
  int64_t rows = 0, dropped = 0;
  int64_t pending = 0, mostPending = 1; // rows kept that are not written yet
};

// The column whose name the header has, and its neighbours.
Status TableReader::placeByName(CellReader &cells, const nn_field &field, bool &isAbsent) {
  const std::vector<std::string> &names = header;
  size_t found = names.size(), times = 0;
  for (size_t i = names.size(); i-- > 0;)
    if (names[i] == field.source_name) {
      found = i;
      ++times;
    }
  isAbsent = times == 0 && purpose == Purpose::prediction && field.kind == NN_FIELD_TARGET;
  if (isAbsent)
    return Done{};
  if (times == 0)
    return dataError("`" + reader.path() + "`: the header has no column `" + field.source_name + "`" +
                     suggestion(field.source_name, names) + " (" + std::to_string(names.size()) +
                     " columns; `|> from(\"…\")` names another, `header: false` takes columns by position)");
  if (times > 1)
    return dataError("`" + reader.path() + "`: the header has " + std::to_string(times) + " columns `" +
                     field.source_name + "`");
  if (found + size_t(field.span) > names.size())
    return dataError("`" + reader.path() + "`: column `" + field.source_name + "` and its neighbours are " +
                     std::to_string(names.size() - found) + ", number[" + std::to_string(field.span) +
                     "] takes more");
  cells.first = found;
  cells.names.assign(names.begin() + ptrdiff_t(found), names.begin() + ptrdiff_t(found) + field.span);
  return Done{};
}

Status TableReader::placeFields() {
  uint64_t tableBytes = 0;
  for (uint32_t i = 0; i < data.field_count; ++i)
    if (isTableField(data.fields[i])) {
      NNRT_ASSIGN(uint64_t bytes, CellReader::rowBytes(data.fields[i]));
      tableBytes += bytes;
    }
  mostPending = CellReader::rowsAtOnce(tableBytes);
  for (uint32_t i = 0; i < data.field_count; ++i) {
    const nn_field &field = data.fields[i];
    fields.emplace_back();
    if (field.kind == NN_FIELD_SKIP && hasHeader())
      return dataError("`" + reader.path() +
                       "`: `skip` is for columns by position (`header: false`); columns of a "
                       "header that have no `column` are left out");
    if (!isTableField(field))
      continue;
    NNRT_ASSIGN(CellReader cells, CellReader::of(field, tokens, reader.path(), tableBytes));
    if (hasDecimalComma)
      cells.readDecimalCommas();
    cells.mayLackValues = purpose == Purpose::prediction && field.kind == NN_FIELD_TARGET;
    bool isAbsent = false;
    if (hasHeader())
      NNRT_TRY(placeByName(cells, field, isAbsent));
    else if (field.span == 1)
      cells.names = {field.source_name};
    if (!isAbsent)
      fields.back().emplace(std::move(cells));
  }
  cellCount = header.size();
  return Done{};
}

// Columns in text order, from the first. A file to predict for may lack the targets where they come last.
Status TableReader::placeByPosition(size_t count) {
  size_t position = 0, targetCells = 0;
  bool endsInTargets = true;
  for (uint32_t i = 0; i < data.field_count; ++i) {
    const nn_field &field = data.fields[i];
    if (!isTableField(field) && field.kind != NN_FIELD_SKIP)
      continue;
    if (field.kind == NN_FIELD_TARGET)
      targetCells += size_t(field.span);
    else
      endsInTargets &= targetCells == 0;
    if (fields[i])
      fields[i]->first = position;
    position += size_t(field.span);
  }
  cellCount = count;
  if (count == position)
    return Done{};
  if (purpose == Purpose::prediction && endsInTargets && count == position - targetCells) {
    for (uint32_t i = 0; i < data.field_count; ++i)
      if (data.fields[i].kind == NN_FIELD_TARGET)
        fields[i].reset();
    return Done{};
  }
  return dataError("`" + reader.path() + "`: line " + std::to_string(reader.line()) + " has " +
                   std::to_string(count) + " cells, the columns of data set `" + data.name + "` are " +
                   std::to_string(position) + "; `column _: skip[n]` leaves n out");
}

Status TableReader::checkCount() {
  size_t count = record().size();
  if (cellCount == 0)
    return placeByPosition(count);
  if (count == cellCount)
    return Done{};
  return bad.skip(reader.mistake(std::to_string(count) + " cells, expected " + std::to_string(cellCount) +
                                 (hasHeader() ? " as in the header" : " as in the first record")));
}

Status TableReader::readRow(bool &isKept) {
  isKept = false;
  NNRT_TRY(checkCount());
  if (record().size() != cellCount)
    return Done{};
  bool drops = false;
  std::string mistake;
  for (auto &cells : fields) {
    if (!cells)
      continue;
    CellReader::Outcome outcome = cells->read(record(), reader.line(), mistake);
    if (outcome == CellReader::Outcome::bad)
      return bad.skip(reader.mistake(mistake));
    drops |= outcome == CellReader::Outcome::drop;
  }
  if (drops && purpose == Purpose::prediction)
    return reader.mistake(
        "a cell is missing whose row `missing(drop)` leaves out, so nothing can be predicted for "
        "it");
  dropped += drops;
  isKept = !drops;
  return Done{};
}

// The record of the first file and, behind it, that of the second.
Result<bool> TableReader::nextRecord() {
  Result<bool> any = reader.next();
  if (!beside)
    return any;
  Result<bool> other = beside->next();
  if (!any || !other)
    return any ? other : any;
  if (*any != *other)
    return dataError("`" + reader.path() + "` and `" + beside->path() +
                     "` beside it have different numbers of "
                     "records: one ends at line " +
                     std::to_string((*any ? *beside : reader).line()));
  joined = reader.cells();
  joined.insert(joined.end(), beside->cells().begin(), beside->cells().end());
  return any;
}

Status TableReader::keepRow() {
  ++rows;
  for (auto &cells : fields)
    if (cells)
      cells->keep();
  return ++pending < mostPending ? Status(Done{}) : writeRows();
}

Status TableReader::writeRows() {
  duplicates.begin(pending);
  pending = 0;
  for (auto &cells : fields)
    if (cells) {
      duplicates.add(cells->rows(), cells->width());
      NNRT_TRY(cells->write());
    }
  return duplicates.end();
}

Result<Table> TableReader::read() {
  header = reader.header();
  if (beside)
    header.insert(header.end(), beside->header().begin(), beside->header().end());
  NNRT_TRY(placeFields());
  while (true) {
    Result<bool> any = nextRecord();
    // A record of one of two files cannot be left out alone.
    if (!any && (reader.isBroken() || beside))
      return any.error();
    if (!any) {
      NNRT_TRY(bad.skip(any.error()));
      continue;
    }
    if (!*any)
      break;
    bool isKept;
    NNRT_TRY(readRow(isKept));
    if (isKept)
      NNRT_TRY(keepRow());
  }
  NNRT_TRY(writeRows());
  return finish();
}

void TableReader::tell() const {
  auto rowsText = [](int64_t count) { return std::to_string(count) + (count == 1 ? " row" : " rows"); };
  if (dropped)
    fprintf(stderr, "`%s`: %s left out by `missing(drop)`\n", reader.path().c_str(),
            rowsText(dropped).c_str());
}

Result<Table> TableReader::finish() {
  Table table;
  table.records = rows;
  for (uint32_t i = 0; i < data.field_count; ++i) {
    Column column;
    column.origin = reader.path();
    column.width = 0;
    if (fields[i]) {
      bad.cleaning.carried += fields[i]->carried();
      NNRT_ASSIGN(column, fields[i]->finish());
      if (purpose == Purpose::training && rows > 0 && !fields[i]->hasValues())
        return dataError("`" + reader.path() + "`: column `" + data.fields[i].source_name +
                         "` is missing in each of " + std::to_string(rows) + " rows");
    }
    table.columns.push_back(std::move(column));
  }
  tell();
  NNRT_ASSIGN(table, duplicates.resolve(std::move(table), data, purpose != Purpose::prediction));
  bad.cleaning.missingDropped += dropped;
  bad.cleaning.duplicatesDropped += rows - table.records;
  return intoWindows(std::move(table), data, purpose == Purpose::prediction);
}

} // namespace

Result<CsvFormat> nnrt::csvFormatOf(const nn_call &call) {
  CsvFormat format;
  if (const nn_value *separator = argumentOf(call, "separator")) {
    if (!separator->text || strlen(separator->text) != 1 || strchr("\"\r\n", separator->text[0]))
      return dataError("`csv`: `separator` must be one byte, neither a quote nor a line end");
    format.separator = separator->text[0];
  }
  if (const nn_value *header = argumentOf(call, "header"))
    format.header = header->number != 0;
  if (const nn_value *skip = argumentOf(call, "skip"))
    format.skip = int64_t(skip->number);
  if (const nn_value *comment = argumentOf(call, "comment"))
    format.comment = comment->text ? comment->text : "";
  return format;
}

namespace {

Result<Table> readBoth(const nn_data &data, const nn_call &call, ByteReader bytes,
                       std::optional<ByteReader> beside, Purpose purpose, SkipBad &bad) {
  NNRT_ASSIGN(CsvFormat format, csvFormatOf(call));
  NNRT_ASSIGN(CsvReader reader, CsvReader::over(std::move(bytes), format));
  TableReader table(data, call, std::move(reader), purpose, bad);
  if (beside) {
    NNRT_ASSIGN(CsvReader other, CsvReader::over(std::move(*beside), format));
    table.join(std::move(other));
  }
  return table.read();
}

} // namespace

Result<Table> nnrt::readTable(const nn_data &data, const nn_call &call, ByteReader bytes, Purpose purpose,
                              SkipBad &bad) {
  return readBoth(data, call, std::move(bytes), std::nullopt, purpose, bad);
}

Result<Table> nnrt::readTable(const nn_data &data, const nn_call &call, Purpose purpose,
                              ReadContext &context) {
  if (call.argument_count < 1 || !call.arguments[0].text)
    return dataError(std::string("data set `") + data.name + "`: `csv` takes the name of a file");
  NNRT_ASSIGN(std::string path, context.roots.find(call.arguments[0].text));
  NNRT_ASSIGN(ByteReader bytes, ByteReader::open(path));
  std::optional<ByteReader> beside;
  if (const nn_value *other = argumentOf(call, "beside"); other && other->text) {
    NNRT_ASSIGN(std::string otherPath, context.roots.find(other->text));
    NNRT_ASSIGN(ByteReader otherBytes, ByteReader::open(otherPath));
    beside.emplace(std::move(otherBytes));
  }
  return readBoth(data, call, std::move(bytes), std::move(beside), purpose, context.bad);
}
