#include "compiler/driver/TableGuess.h"
#include "runtime/data/Date.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;

namespace nn {

namespace {

using Cells = std::vector<std::string>;

constexpr size_t mostMissingTexts = 3;

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

bool isWhole(const std::string &cell) {
  return !cell.empty() && std::all_of(cell.begin(), cell.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// An index, as pandas writes it: whole numbers, each once, below the one name that is empty.
bool isIndexed(const std::vector<Cells> &records) {
  const Cells &names = records[0];
  Cells index;
  for (size_t i = 1; i < records.size(); ++i)
    index.push_back(records[i][0]);
  return names[0].empty() && std::count(names.begin(), names.end(), "") == 1 && areDifferent(names) &&
         std::all_of(index.begin(), index.end(), isWhole) && areDifferent(index);
}

// A column without a name says nothing: another name stands above a number, or there is an index.
bool areNamesWithGaps(const std::vector<Cells> &records) {
  const Cells &first = records[0], &second = records[1];
  bool overNumber = false;
  for (size_t i = 0; i < first.size() && first.size() == second.size(); ++i)
    overNumber |= !first[i].empty() && isNumber(second[i]);
  return overNumber || isIndexed(records);
}

// Names and no numbers, above records that have some, or above cells that are all others.
bool isHeader(const std::vector<Cells> &records) {
  const Cells &first = records[0], &second = records[1];
  if (std::any_of(first.begin(), first.end(), isNumber))
    return false;
  if (std::count(first.begin(), first.end(), "") > 0)
    return areNamesWithGaps(records);
  bool overNumbers = std::any_of(second.begin(), second.end(), isNumber);
  return overNumbers || (first.size() > 1 && areDifferent(first));
}

// Years at even steps, two or more, beside cells that are no numbers.
bool areYears(const Cells &cells) {
  std::vector<int> years;
  for (const std::string &cell : cells)
    if (cell.size() == 4 && isNumber(cell) && cell >= "1500" && cell <= "2200")
      years.push_back(std::atoi(cell.c_str()));
    else if (isNumber(cell))
      return false;
  for (size_t i = 1; i < years.size(); ++i)
    if (years[i] <= years[i - 1] || years[i] - years[i - 1] != years[1] - years[0])
      return false;
  return years.size() > 1;
}

// Such a record and no other like it.
bool isYearHeader(const std::vector<Cells> &records) {
  return areYears(records[0]) && areDifferent(records[0]) &&
         std::none_of(records.begin() + 1, records.end(), areYears);
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
  if (first.size() < 2 || !isWhole(first[0]) || !isWhole(first[1]))
    return false;
  bool restIsText = std::none_of(first.begin() + 2, first.end(), isNumber);
  return first.size() > 2 && restIsText && std::atoll(first[1].c_str()) + 1 == int64_t(second.size());
}

// Rows that are too short or too long are told by the program that reads them.
Status walk(CsvReader &reader, const MissingTokens &tokens, TableGuess &table) {
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
      table.columns[i].add(cells[i], tokens, table.hasDecimalComma);
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

void ColumnGuess::addText(std::string_view cell) {
  ++texts;
  if (others.size() <= mostMissingTexts && !parseDate(cell))
    others.emplace(cell);
}

void ColumnGuess::add(std::string_view cell, const MissingTokens &tokens, bool hasDecimalComma) {
  bool isMissing = tokens.contains(cell);
  areThere.push_back(!isMissing);
  if (isMissing) {
    ++missing;
    if (!cell.empty())
      missingTexts.emplace(cell);
    return;
  }
  double value;
  if ((hasDecimalComma ? parseCommaCell(cell, value) : parseCell(cell, value)) && std::isfinite(value))
    addNumber(value);
  else
    addText(cell);
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

namespace {

void nameColumns(const Cells &header, TableGuess &table) {
  table.columns.clear();
  for (const std::string &name : header) {
    table.columns.emplace_back();
    table.columns.back().name = name;
    table.columns.back().isNameless = name.empty();
  }
}

// `-`, `n/a` and the like: no letters and digits, or a word for what is not there.
bool meansMissing(const std::string &cell) {
  static const std::set<std::string> words{"n/a", "#n/a", "n.a.", "na",   "none",    "nil",
                                           "nan", "null", "nd",   "n.d.", "missing", "unknown"};
  std::string lower;
  for (unsigned char c : cell)
    lower += char(std::tolower(c));
  bool isWord = std::any_of(lower.begin(), lower.end(), [](unsigned char c) { return std::isalnum(c); });
  return lower.find('|') == std::string::npos && (!isWord || words.count(lower));
}

// What else than the usual texts stands for missing cells: all that columns of numbers or dates have besides.
std::string missingTexts(const TableGuess &table) {
  std::set<std::string> own, usual;
  for (const ColumnGuess &column : table.columns) {
    bool isClear = column.numbers + column.dates > 0 && column.others.size() <= mostMissingTexts &&
                   std::all_of(column.others.begin(), column.others.end(), meansMissing);
    if (isClear)
      own.insert(column.others.begin(), column.others.end());
    usual.insert(column.missingTexts.begin(), column.missingTexts.end());
  }
  std::string list;
  if (!own.empty())
    own.insert(usual.begin(), usual.end());
  for (const std::string &text : own)
    list += (list.empty() ? "" : "|") + text;
  return list;
}

Status walk(const std::string &path, const Cells &header, TableGuess &table) {
  table.rows = 0;
  nameColumns(header, table);
  NNRT_ASSIGN(CsvReader reader, CsvReader::open(path, table.format));
  table.format.separator = reader.separator();
  return walk(reader, table.missing.empty() ? MissingTokens() : MissingTokens::of(table.missing), table);
}

} // namespace

Result<TableGuess> guessTable(const std::string &path) {
  TableGuess table;
  NNRT_ASSIGN(std::vector<Cells> first, guessFormat(path, table.format));
  table.hasDecimalComma = hasDecimalCommas({first.begin() + 1, first.end()});
  table.hasYears = isYearHeader(first);
  Cells header;
  if (table.hasYears || isHeader(first)) {
    header = first[0];
    // Of columns that have one name none can be named, nor a target that has none: they are taken by
    // position.
    table.format.header = areDifferent(header) && !header.back().empty();
    table.format.skip += !table.format.header;
  }
  NNRT_TRY(walk(path, header, table));
  table.missing = missingTexts(table);
  if (!table.missing.empty())
    NNRT_TRY(walk(path, header, table));
  if (table.rows == 0)
    return dataError("`" + path + "` holds no records");
  return table;
}

} // namespace nn
