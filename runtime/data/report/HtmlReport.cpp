#include "runtime/data/report/HtmlReport.h"
#include "runtime/base/Text.h"
#include "runtime/data/report/Format.h"
#include "runtime/data/report/Html.h"

using namespace nnrt;

namespace {

constexpr size_t longestCell = 60;

constexpr const char *style =
    "body{font:14px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#222}"
    "h1{font-size:1.5rem}h2{font-size:1.2rem;border-bottom:1px solid #ccc;margin-top:2.5rem}"
    "h3{font-size:1rem;margin:.2rem 0}.charts+h3{margin-top:1.5rem}.scroll{overflow-x:auto}"
    "table{border-collapse:collapse;margin:.8rem 0}th,td{padding:.15rem .7rem;border-bottom:1px solid "
    "#e4e4e4;"
    "text-align:right;white-space:nowrap}th{background:#f4f4f4}th:first-child,td:first-child,.left,"
    ".fields td:nth-child(2),.fields th:nth-child(2){text-"
    "align:"
    "left}.charts{display:flex;flex-wrap:wrap;gap:1.5rem "
    "2rem}.pictures{display:flex;flex-wrap:wrap;gap:.6rem}"
    "figure{margin:0;text-align:center;font-size:12px}img{image-rendering:pixelated;height:84px;min-width:"
    "40px}"
    "svg text{font-size:11px;fill:#444}.bar,.train{fill:#4878a8}.validation{fill:#dd9b32}.test{fill:#6aa56a}"
    ".key span{padding:0 .5rem;color:#fff;margin-right:.5rem}.key .train{background:#4878a8}"
    ".key .validation{background:#dd9b32}.key .test{background:#6aa56a}.problem{color:#a40000}";

std::string cell(const char *tag, const std::string &text, const char *kind = "") {
  return std::string("<") + tag + (*kind ? std::string(" class=\"") + kind + "\"" : "") + ">" +
         escaped(text) + "</" + tag + ">";
}

std::string tableRow(const char *tag, const std::vector<std::string> &cells) {
  std::string row = "<tr>";
  for (const std::string &text : cells)
    row += cell(tag, text);
  return row + "</tr>\n";
}

std::string scrolled(const std::string &rows, const std::string &kind = "") {
  return "<div class=\"scroll " + kind + "\"><table>\n" + rows + "</table></div>\n";
}

std::string headHtml(const DataSummary &summary) {
  std::string rows;
  auto add = [&](const std::string &name, const std::string &text, const char *kind = "left") {
    rows += "<tr>" + cell("td", name) + cell("td", text, kind) + "</tr>\n";
  };
  for (const auto &[name, source] : summary.sources)
    add(name, source);
  add("records", recordsText(summary));
  add("duplicates", repeatsText(summary));
  if (summary.repeats.leaked)
    add("leaks", leaksText(summary));
  for (const std::string &line : cleaningLines(summary))
    add("cleaning", line);
  if (!summary.problem.empty())
    add("problem", summary.problem, "left problem");
  return scrolled(rows);
}

std::string fieldsHtml(const DataSummary &summary) {
  std::string rows = tableRow("th", {"field", "type", "missing", "min", "first quartile", "median",
                                     "third quartile", "max", "mean", "sd", "outliers"});
  for (const FieldSummary &field : summary.fields) {
    std::vector<std::string> cells = {field.name, field.type, countAndShare(field.missing, field.cells)};
    if (field.numbers && field.numbers->count) {
      const Numbers &numbers = *field.numbers;
      for (double value : {numbers.smallest, numbers.lowerQuartile, numbers.median, numbers.upperQuartile,
                           numbers.largest, numbers.mean})
        cells.push_back(valueText(field, value));
      cells.push_back(field.isDate ? "" : fourDigits(numbers.sd));
      cells.push_back(field.hasOutliers && numbers.outliers ? grouped(numbers.outliers) : "");
    }
    cells.resize(11);
    rows += tableRow("td", cells);
  }
  return scrolled(rows, "fields");
}

std::string picturesHtml(const FieldSummary &field) {
  std::string html = "<h3>" + escaped(field.name) + "</h3>\n<div class=\"pictures\">\n";
  for (const Picture &picture : field.pictures)
    html += "<figure><img alt=\"\" src=\"data:image/png;base64," + base64(picture.png) + "\"><figcaption>" +
            escaped(picture.caption) + "</figcaption></figure>\n";
  return html + "</div>\n";
}

std::string chartsHtml(const DataSummary &summary) {
  std::string key, charts;
  bool hasClasses = false;
  for (const FieldSummary &field : summary.fields) {
    hasClasses = hasClasses || !field.classes.empty();
    std::string chart = !field.classes.empty()                      ? classBars(summary, field)
                        : field.numbers && field.numbers->count > 0 ? histogramSvg(field)
                                                                    : "";
    if (!chart.empty())
      charts += "<div><h3>" + escaped(field.name) + "</h3>" + chart + "</div>\n";
  }
  for (const auto &part : summary.parts)
    key += cell("span", part.first, part.first.c_str());
  if (hasClasses && summary.parts.size() > 1)
    key = "<p class=\"key\">" + key + "</p>\n";
  else
    key.clear();
  return key + "<div class=\"charts\">\n" + charts + "</div>\n";
}

std::string firstRecordsHtml(const DataSummary &summary) {
  std::vector<std::string> names;
  std::vector<const FieldSummary *> shown;
  size_t count = 0;
  for (const FieldSummary &field : summary.fields) {
    bool isEmpty = std::all_of(field.firstCells.begin(), field.firstCells.end(),
                               [](const std::string &text) { return text.empty(); });
    if (isEmpty)
      continue;
    names.push_back(field.name);
    shown.push_back(&field);
    count = std::max(count, field.firstCells.size());
  }
  if (shown.empty())
    return "";
  std::string rows = tableRow("th", names);
  for (size_t i = 0; i < count; ++i) {
    std::vector<std::string> cells;
    for (const FieldSummary *field : shown)
      cells.push_back(clipped(field->firstCells[i], longestCell));
    rows += tableRow("td", cells);
  }
  return "<h3>First records of " + escaped(summary.parts[0].first) + "</h3>\n" + scrolled(rows);
}

} // namespace

std::string nnrt::htmlReport(const std::string &program, const std::vector<DataSummary> &summaries) {
  std::string html = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Data of " +
                     escaped(program) + "</title>\n<style>" + style + "</style></head><body>\n<h1>Data of " +
                     escaped(program) + "</h1>\n";
  for (const DataSummary &summary : summaries) {
    html += "<h2>" + escaped(summary.name) + "</h2>\n" + headHtml(summary) + fieldsHtml(summary);
    for (const FieldSummary &field : summary.fields)
      if (!field.pictures.empty())
        html += picturesHtml(field);
    html += chartsHtml(summary) + firstRecordsHtml(summary);
  }
  return html + "</body></html>\n";
}
