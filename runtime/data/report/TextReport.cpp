#include "runtime/data/report/TextReport.h"
#include "runtime/base/TableText.h"
#include "runtime/base/Text.h"
#include "runtime/data/report/Format.h"

#include <algorithm>
#include <cstdio>

using namespace nnrt;

namespace {

constexpr size_t lineWidth = 100, shortestName = 8, longestName = 24, longestCell = 14;
constexpr size_t mostClasses = 12;

using Rows = std::vector<std::vector<std::string>>;

size_t widthOf(const Rows &rows, size_t column) {
  size_t width = 0;
  for (const auto &row : rows)
    width = std::max(width, lengthOf(row[column]));
  return width;
}

// A table, its names shortened until it fits.
std::string fitted(Rows rows, const std::vector<bool> &rightAligned) {
  size_t total = 0;
  for (size_t column = 0; column < rightAligned.size(); ++column)
    total += widthOf(rows, column) + 2;
  size_t names = widthOf(rows, 0);
  if (total > lineWidth)
    names = std::max(shortestName, names - std::min(names, total - lineWidth));
  for (auto &row : rows)
    row[0] = clipped(row[0], std::min(names, longestName));
  return tableText(rows, rightAligned);
}

std::string headText(const DataSummary &summary) {
  Rows rows;
  for (const auto &[name, source] : summary.sources)
    rows.push_back({"  " + name, clipped(source, lineWidth - 16)});
  rows.push_back({"  records", recordsText(summary)});
  rows.push_back({"  duplicates", repeatsText(summary)});
  if (summary.repeats.leaked)
    rows.push_back({"  leaks", leaksText(summary)});
  std::vector<std::string> lines = cleaningLines(summary);
  for (size_t i = 0; i < lines.size(); ++i)
    rows.push_back({i ? "" : "  cleaning", lines[i]});
  if (!summary.problem.empty())
    rows.push_back({"  problem", summary.problem});
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
  return "\n" + fitted(rows, rightAligned);
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
    rows[0][i + 1] = std::to_string(i);
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
