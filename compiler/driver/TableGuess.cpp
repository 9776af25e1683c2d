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

// Names and no numbers, above records that have some, or above cells that are all others.
bool isHeader(const Cells &first, const Cells &second) {
  bool hasNames =
      std::none_of(first.begin(), first.end(), [](auto &cell) { return cell.empty() || isNumber(cell); });
  std::set<std::string> different(first.begin(), first.end());
  bool overNumbers = std::any_of(second.begin(), second.end(), isNumber) || first.size() > 1;
  return hasNames && different.size() == first.size() && overNumbers;
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
      table.columns[i].add(cells[i]);
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

void ColumnGuess::add(std::string_view cell) {
  static const MissingTokens tokens;
  if (tokens.contains(cell)) {
    ++missing;
    return;
  }
  auto value = parseCell(cell);
  if (value && std::isfinite(*value))
    addNumber(*value);
  else
    ++texts;
  dates += parseDate(cell).has_value();
  if (!hasMany)
    different.emplace(cell);
  hasMany = different.size() > manyCells;
}

Result<TableGuess> guessTable(const std::string &path) {
  TableGuess table;
  table.format.header = false;
  NNRT_ASSIGN(std::vector<Cells> first, firstRecords(path, table.format, 3));
  if (first.size() < 2)
    return dataError("`" + path + "` has " + std::to_string(first.size()) +
                     " records, too few to tell a table");
  if (isCountLine(first[0], first[1])) {
    table.format.skip = 1;
    NNRT_ASSIGN(first, firstRecords(path, table.format, 2));
  }
  table.format.header = first.size() > 1 && isHeader(first[0], first[1]);
  NNRT_ASSIGN(CsvReader reader, CsvReader::open(path, table.format));
  table.format.separator = reader.separator();
  for (const std::string &name : reader.header()) {
    table.columns.emplace_back();
    table.columns.back().name = name;
  }
  NNRT_TRY(walk(reader, table));
  if (table.rows == 0)
    return dataError("`" + path + "` holds no records");
  return table;
}

} // namespace nn
