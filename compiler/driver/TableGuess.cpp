#include "compiler/driver/TableGuess.h"
#include "runtime/data/Date.h"
#include "runtime/data/table/CellReader.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;

namespace nn {

namespace {

using Cells = std::vector<std::string>;

// The first records of a file without a header, lines as they are.
Result<std::vector<Cells>> firstRecords(const std::string &path, const CsvFormat &format, size_t count) {
  NNRT_ASSIGN(CsvReader reader, CsvReader::open(path, format));
  std::vector<Cells> records;
  while (records.size() < count) {
    NNRT_ASSIGN(bool any, reader.next());
    if (!any)
      break;
    records.emplace_back(reader.cells().begin(), reader.cells().end());
  }
  return records;
}

bool isNumber(const std::string &cell) { return parseCell(cell).has_value(); }

bool areDifferent(const Cells &cells) {
  return std::set<std::string>(cells.begin(), cells.end()).size() == cells.size();
}

// Names and no numbers, above records that have some, or above cells that are all others.
bool isHeader(const Cells &first, const Cells &second) {
  bool hasNames =
      std::none_of(first.begin(), first.end(), [](auto &cell) { return cell.empty() || isNumber(cell); });
  bool overNumbers = std::any_of(second.begin(), second.end(), isNumber);
  return hasNames && (overNumbers || (first.size() > 1 && areDifferent(first)));
}

// Lines that begin with `#`, but for a first one that is a header.
bool hasComments(const std::vector<Cells> &records) {
  auto isComment = [](const Cells &cells) { return cells[0].substr(0, 1) == "#"; };
  int64_t count = std::count_if(records.begin(), records.end(), isComment);
  bool isHeaderOnly =
      count == 1 && isComment(records[0]) && records.size() > 1 && records[0].size() == records[1].size();
  return count > 0 && !isHeaderOnly;
}

// Numbers as `12,5`, none as `12.5`, between other separators.
bool hasDecimalCommas(const std::vector<Cells> &records) {
  bool any = false;
  double value;
  for (const Cells &cells : records)
    for (const std::string &cell : cells) {
      if (cell.find('.') != std::string::npos && isNumber(cell))
        return false;
      any |= cell.find(',') != std::string::npos && parseCommaCell(cell, value);
    }
  return any;
}

// Scikit-learn's files begin with a line that counts: `150,4,setosa,versicolor,virginica`, or `506,13,,,`.
bool isCountLine(const Cells &first, const Cells &second) {
  auto digits = [](const std::string &cell) {
    return !cell.empty() &&
           std::all_of(cell.begin(), cell.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (first.size() < 2 || !digits(first[0]) || !digits(first[1]))
    return false;
  bool restIsText = std::none_of(first.begin() + 2, first.end(), isNumber);
  return first.size() > 2 && restIsText && std::atoll(first[1].c_str()) + 1 == int64_t(second.size());
}

// Rows that are too short or too long are told by the program that reads them.
Status walk(CsvReader &reader, TableGuess &table) {
  while (true) {
    NNRT_ASSIGN(bool any, reader.next());
    if (!any)
      return Done{};
    const auto &cells = reader.cells();
    if (table.columns.empty())
      table.columns.resize(cells.size());
    if (cells.size() != table.columns.size())
      return reader.mistake(std::to_string(cells.size()) + " cells, expected " +
                            std::to_string(table.columns.size()));
    for (size_t i = 0; i < cells.size(); ++i)
      table.columns[i].add(cells[i], table.hasDecimalComma);
    ++table.rows;
  }
}

} // namespace

void ColumnGuess::addNumber(double value) {
  counts = counts && (numbers == 0 || value == high + 1);
  low = numbers ? std::min(low, value) : value;
  high = numbers ? std::max(high, value) : value;
  ++numbers;
  wholes += value == std::floor(value);
}

void ColumnGuess::addDate(double value) {
  firstDate = dates ? firstDate : value;
  datesRise = datesRise && (dates == 0 || lastDate <= value);
  datesFall = datesFall && (dates == 0 || lastDate >= value);
  lastDate = value;
  ++dates;
}

void ColumnGuess::add(std::string_view cell, bool hasDecimalComma) {
  static const MissingTokens tokens;
  if (tokens.contains(cell)) {
    ++missing;
    return;
  }
  double value;
  if ((hasDecimalComma ? parseCommaCell(cell, value) : parseCell(cell, value)) && std::isfinite(value))
    addNumber(value);
  else
    ++texts;
  if (auto date = parseDate(cell))
    addDate(*date);
  if (!hasMany)
    different.emplace(cell);
  hasMany = different.size() > manyCells;
}

namespace {

// Comments, a line of counts, and what stands in the first records.
Result<std::vector<Cells>> guessFormat(const std::string &path, CsvFormat &format) {
  constexpr size_t most = 50;
  format.header = false;
  NNRT_ASSIGN(std::vector<Cells> first, firstRecords(path, format, most));
  if (!first.empty() && hasComments(first)) {
    format.comment = "#";
    NNRT_ASSIGN(first, firstRecords(path, format, most));
  }
  if (first.size() > 1 && isCountLine(first[0], first[1])) {
    format.skip = 1;
    NNRT_ASSIGN(first, firstRecords(path, format, most));
  }
  if (first.size() < 2)
    return dataError("`" + path + "` has " + std::to_string(first.size()) +
                     " records, too few to tell a table");
  return first;
}

} // namespace

Result<TableGuess> guessTable(const std::string &path) {
  TableGuess table;
  NNRT_ASSIGN(std::vector<Cells> first, guessFormat(path, table.format));
  table.hasDecimalComma = hasDecimalCommas({first.begin() + 1, first.end()});
  if (isHeader(first[0], first[1])) {
    for (const std::string &name : first[0]) {
      table.columns.emplace_back();
      table.columns.back().name = name;
    }
    // Of columns that have one name none can be named: they are taken by position.
    table.format.header = areDifferent(first[0]);
    table.format.skip += !table.format.header;
  }
  NNRT_ASSIGN(CsvReader reader, CsvReader::open(path, table.format));
  table.format.separator = reader.separator();
  NNRT_TRY(walk(reader, table));
  if (table.rows == 0)
    return dataError("`" + path + "` holds no records");
  return table;
}

} // namespace nn
