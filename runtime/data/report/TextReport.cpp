#include "runtime/data/report/TextReport.h"
#include "runtime/base/TableText.h"
#include "runtime/base/Text.h"
#include "runtime/data/report/Format.h"

#include <algorithm>
#include <cstdio>
#include <optional>

using namespace nnrt;

namespace {

constexpr size_t lineWidth = 80, shortestName = 14, longestName = 24, longestCell = 14, between = 2,
                 headWidth = 14;
constexpr size_t mostClasses = 12;

using Rows = std::vector<std::vector<std::string>>;

size_t widthOf(const Rows &rows, size_t column) {
  size_t width = 0;
  for (const auto &row : rows)
    width = std::max(width, lengthOf(row[column]));
  return width;
}

size_t widthOf(const Rows &rows) {
  size_t total = 0;
  for (size_t column = 0; column < rows[0].size(); ++column)
    total += widthOf(rows, column) + (column ? between : 0);
  return total;
}

// The first column and those from `begin` to before `end`; rows that have none of these are left out.
Rows columnsOf(const Rows &rows, size_t begin, size_t end) {
  Rows result;
  for (const auto &row : rows) {
    result.push_back({row[0]});
    result.back().insert(result.back().end(), row.begin() + int64_t(begin), row.begin() + int64_t(end));
    if (std::all_of(result.back().begin() + 1, result.back().end(), [](auto &cell) { return cell.empty(); }))
      result.pop_back();
  }
  return result;
}

// How short names must be for a table to fit; nothing where they would tell too little.
std::optional<size_t> fittingNames(const Rows &rows) {
  size_t names = widthOf(rows, 0), others = widthOf(rows) - names;
  size_t most = std::min(names, longestName), least = std::min(names, shortestName);
  return others + least > lineWidth ? std::nullopt : std::optional(std::min(most, lineWidth - others));
}

// A table, its names shortened until it fits, or else with columns below one another.
std::string fitted(Rows rows, const std::vector<bool> &rightAligned) {
  size_t names = fittingNames(rows).value_or(longestName), columns = rightAligned.size();
  for (auto &row : rows)
    row[0] = clipped(row[0], names);
  std::string text;
  for (size_t begin = 1, end; begin < columns; begin = end) {
    for (end = begin + 1; end < columns && widthOf(columnsOf(rows, begin, end + 1)) <= lineWidth;)
      ++end;
    std::vector<bool> aligned(rightAligned.begin() + int64_t(begin), rightAligned.begin() + int64_t(end));
    aligned.insert(aligned.begin(), rightAligned[0]);
    text += (text.empty() ? "" : "\n") + tableText(columnsOf(rows, begin, end), aligned);
  }
  return text;
}

// Words in lines of so many characters at most.
std::vector<std::string> wrapped(const std::string &text, size_t width) {
  std::vector<std::string> lines = {""};
  for (size_t begin = 0; begin < text.size();) {
    size_t end = std::min(text.find(' ', begin), text.size());
    std::string word = text.substr(begin, end - begin);
    if (!lines.back().empty() && lengthOf(lines.back()) + 1 + lengthOf(word) > width)
      lines.emplace_back();
    lines.back() += (lines.back().empty() ? "" : " ") + word;
    begin = end + 1;
  }
  return lines;
}

std::string headText(const DataSummary &summary) {
  Rows rows;
  for (const auto &[name, source] : summary.sources)
    rows.push_back({"  " + name, clipped(source, lineWidth - headWidth)});
  rows.push_back({"  records", recordsText(summary)});
  rows.push_back({"  duplicates", repeatsText(summary)});
  if (summary.repeats.leaked)
    rows.push_back({"  leaks", leaksText(summary)});
  std::vector<std::string> lines = cleaningLines(summary);
  for (size_t i = 0; i < lines.size(); ++i)
    rows.push_back({i ? "" : "  cleaning", lines[i]});
  if (!summary.problem.empty())
    lines = wrapped(summary.problem, lineWidth - headWidth);
  for (size_t i = 0; i < lines.size() && !summary.problem.empty(); ++i)
    rows.push_back({i ? "" : "  problem", lines[i]});
  return "data set " + summary.name + "\n" + tableText(rows, {false, false});
}

std::vector<std::string> fieldRow(const FieldSummary &field) {
  std::vector<std::string> row = {field.name, field.type, countAndShare(field.missing, field.cells)};
  if (!field.numbers || field.numbers->count == 0) {
    row.resize(9);
    return row;
  }
  const Numbers &numbers = *field.numbers;
  for (double value : {numbers.smallest, numbers.median, numbers.largest, numbers.mean})
    row.push_back(valueText(field, value));
  row.push_back(field.isDate ? "" : fourDigits(numbers.sd));
  row.push_back(field.hasOutliers && numbers.outliers ? grouped(numbers.outliers) : "");
  return row;
}

// A column without an entry tells nothing.
void leaveOutEmpty(Rows &rows, std::vector<bool> &rightAligned) {
  for (size_t column = rightAligned.size(); column-- > 1;) {
    bool isEmpty =
        std::all_of(rows.begin() + 1, rows.end(), [&](const auto &row) { return row[column].empty(); });
    if (!isEmpty)
      continue;
    for (auto &row : rows)
      row.erase(row.begin() + int64_t(column));
    rightAligned.erase(rightAligned.begin() + int64_t(column));
  }
}

std::string fieldsText(const DataSummary &summary) {
  Rows rows = {{"field", "type", "missing", "min", "median", "max", "mean", "sd", "outliers"}};
  for (const FieldSummary &field : summary.fields)
    rows.push_back(fieldRow(field));
  std::vector<bool> rightAligned = {false, false, true, true, true, true, true, true, true};
  leaveOutEmpty(rows, rightAligned);
  // Where names would have to be cut short, what fields are stands above what numbers are in them.
  size_t columns = rightAligned.size();
  auto numbers = size_t(std::find(rows[0].begin(), rows[0].end(), "min") - rows[0].begin());
  if (numbers == columns || fittingNames(rows))
    return "\n" + fitted(rows, rightAligned);
  std::vector<bool> ofFields(rightAligned.begin(), rightAligned.begin() + int64_t(numbers));
  std::vector<bool> ofNumbers(rightAligned.begin() + int64_t(numbers) - 1, rightAligned.end());
  ofNumbers[0] = false;
  return "\n" + fitted(columnsOf(rows, 1, numbers), ofFields) + "\n" +
         fitted(columnsOf(rows, numbers, columns), ofNumbers);
}

// With one decimal, so that they stand below one another.
std::string percent(int64_t count, int64_t of) {
  char buffer[32];
  snprintf(buffer, sizeof buffer, "%.1f%%", of ? 100 * double(count) / double(of) : 0);
  return buffer;
}

std::string classesText(const DataSummary &summary, const FieldSummary &field) {
  size_t parts = summary.parts.size();
  std::vector<int64_t> totals(parts);
  for (const ClassCount &one : field.classes)
    for (size_t part = 0; part < parts; ++part)
      totals[part] += one.counts[part];
  Rows rows = {{field.name}};
  for (const auto &part : summary.parts)
    rows[0].insert(rows[0].end(), {part.first, ""});
  auto add = [&](const std::string &name, const std::vector<int64_t> &counts) {
    rows.push_back({name});
    for (size_t part = 0; part < parts; ++part)
      rows.back().insert(rows.back().end(), {grouped(counts[part]), percent(counts[part], totals[part])});
  };
  ShownClasses shown = shownClasses(field, mostClasses);
  for (const ClassCount &one : shown.classes)
    add(one.text, one.counts);
  if (shown.others)
    add(grouped(shown.others) + " others", shown.otherCounts);
  std::vector<bool> rightAligned(1 + 2 * parts, true);
  rightAligned[0] = false;
  return "\n" + fitted(rows, rightAligned);
}

// Fields downwards, so that any number of them fits.
std::string firstRecordsText(const DataSummary &summary) {
  Rows rows;
  size_t count = 0;
  for (const FieldSummary &field : summary.fields)
    count = std::max(count, field.firstCells.size());
  for (const FieldSummary &field : summary.fields) {
    bool isEmpty = true;
    rows.push_back({field.name});
    for (const std::string &cell : field.firstCells) {
      rows.back().push_back(clipped(cell, longestCell));
      isEmpty = isEmpty && cell.empty();
    }
    rows.back().resize(count + 1);
    if (isEmpty)
      rows.pop_back();
  }
  if (rows.empty())
    return "";
  rows.insert(rows.begin(), std::vector<std::string>(count + 1));
  rows[0][0] = "first records";
  for (size_t i = 0; i < count; ++i)
    rows[0][i + 1] = std::to_string(i + 1);
  std::vector<bool> rightAligned(count + 1, true);
  rightAligned[0] = false;
  return "\n" + fitted(rows, rightAligned);
}

} // namespace

std::string nnrt::textReport(const DataSummary &summary) {
  std::string text = headText(summary) + fieldsText(summary);
  for (const FieldSummary &field : summary.fields)
    if (!field.classes.empty())
      text += classesText(summary, field);
  return text + firstRecordsText(summary);
}
