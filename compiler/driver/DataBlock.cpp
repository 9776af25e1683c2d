// Guesses are written so that each can be seen and changed: the comment of a column says what was found in
// it.
#include "compiler/driver/DataBlock.h"
#include "compiler/driver/Format.h"
#include "compiler/driver/Session.h"
#include "runtime/base/Text.h"

#include <algorithm>
#include <cctype>

using namespace nnrt;

namespace nn {

namespace {

constexpr size_t mostCategories = 50, mostClasses = 20;
constexpr int64_t trainPercent = 70;

std::string quoted(const std::string &text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\')
      result += '\\';
    if (c == '\n' || c == '\t') {
      result += c == '\n' ? "\\n" : "\\t";
      continue;
    }
    result += c;
  }
  return result + "\"";
}

// A comment ends with its line.
std::string inComment(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return text;
}

// Names of columns as names of the language, each once.
class Names {
public:
  std::string of(const std::string &header, size_t place) {
    std::string name;
    for (unsigned char c : header)
      if (std::isalnum(c) && c < 0x80)
        name += char(c);
      else if (!name.empty() && name.back() != '_')
        name += '_';
    while (!name.empty() && name.back() == '_')
      name.pop_back();
    if (name.empty())
      name = "column_" + std::to_string(place + 1);
    if (std::isdigit(static_cast<unsigned char>(name[0])))
      name = "column_" + name;
    while (!taken.insert(name).second)
      name += "_";
    return name;
  }

private:
  // Reserved words, and what a `data` block calls itself or its parts.
  std::set<std::string> taken{
      "import", "hyper", "let",      "param",      "minimize",  "measure",    "observe", "yield",
      "for",    "if",    "else",     "scan",       "in",        "over",       "with",    "fn",
      "and",    "or",    "not",      "true",       "false",     "train",      "test",    "validation",
      "source", "data",  "features", "duplicates", "partition", "balance",    "windows", "column",
      "target", "field", "augment",  "state",      "of",        "initializer"};
};

std::string places(int64_t count, const char *what) { return std::to_string(count) + " " + what; }

// What was found, for the comment.
std::string described(const ColumnGuess &column, int64_t rows) {
  std::string text;
  if (column.isNumber())
    text = brief(column.low) + " to " + brief(column.high);
  else if (column.hasMany)
    text = "more than " + std::to_string(manyCells) + " different cells";
  else
    for (const std::string &cell : column.different) {
      if (text.size() > 60) {
        text += ", …";
        break;
      }
      text += (text.empty() ? "" : ", ") + inComment(cell.substr(0, 30));
    }
  if (column.missing)
    text += "; " + places(column.missing, "of ") + std::to_string(rows) + " missing";
  return text;
}

class Writer {
public:
  Writer(const std::string &path, const TableGuess &table, bool keepsCounters)
      : path(path), table(table), keepsCounters(keepsCounters) {}
  // Nothing where no column is left beside the target.
  std::optional<std::string> write();

private:
  void source();
  void column(const ColumnGuess &column, size_t place);
  void target(const ColumnGuess &column, size_t place);
  void leaveOut(const ColumnGuess &column, const std::string &why);
  std::string partition() const;
  std::string start(const char *role, const ColumnGuess &column, size_t place);
  void line(const std::string &text, const std::string &comment) {
    out += text + (comment.empty() ? "" : " // " + comment) + "\n";
  }

  void findOrder();
  std::vector<size_t> trainedRows() const;
  bool mayBeUntrained(const ColumnGuess &column) const;

  const std::string &path;
  const TableGuess &table;
  bool keepsCounters;
  const ColumnGuess *time = nullptr; // of a series: what its parts are cut by
  std::vector<size_t> trained;       // its rows that the training part has
  Names names;
  std::string out, classTarget;
  std::string order; // of a series: `order` or the column's name
  int64_t kept = 0;
};

void Writer::source() {
  std::string extras;
  if (!table.format.header)
    extras += ", header: false";
  if (table.format.skip)
    extras += ", skip: " + std::to_string(table.format.skip);
  if (table.format.separator != ',')
    extras += ", separator: " + quoted(std::string(1, table.format.separator));
  if (!table.format.comment.empty())
    extras += ", comment: " + quoted(table.format.comment);
  if (table.hasDecimalComma)
    extras += ", decimal: comma";
  if (!table.missing.empty())
    extras += ", missing: " + quoted(table.missing);
  if (table.hasYears)
    out += "// The first line is taken for a header: years.\n";
  if (!table.missing.empty())
    out +=
        "// Taken for missing cells, as columns have numbers or dates besides: " + inComment(table.missing) +
        "\n";
  line("source = csv(" + quoted(path) + extras + ")", std::to_string(table.rows) + " rows");
}

// By position, columns that are left out must be named as such.
void Writer::leaveOut(const ColumnGuess &column, const std::string &why) {
  std::string name = column.name.empty() ? "a column" : "`" + inComment(column.name) + "`";
  if (table.format.header)
    out += "// " + name + " is left out: " + why + "\n";
  else
    line("column _: skip", why);
}

std::string Writer::start(const char *role, const ColumnGuess &column, size_t place) {
  std::string name = names.of(column.name, place);
  return std::string(role) + " " + name + ": ";
}

void Writer::findOrder() {
  for (size_t i = 0; i + 1 < table.columns.size() && !time; ++i) {
    const ColumnGuess &column = table.columns[i];
    if (!column.isNameless && (column.isTimeRising() || (column.isTimeFalling() && column.missing == 0)))
      time = &column;
  }
  if (time)
    trained = trainedRows();
}

// The first in time of those that `missing(drop)` keeps.
std::vector<size_t> Writer::trainedRows() const {
  std::vector<size_t> rows;
  for (size_t row = 0; row < size_t(table.rows); ++row) {
    bool isKept = table.columns.back().areThere[row];
    for (size_t i = 0; i + 1 < table.columns.size(); ++i)
      isKept &= !table.columns[i].isDate() || table.columns[i].areThere[row];
    if (isKept)
      rows.push_back(row);
  }
  if (time->isTimeFalling())
    std::reverse(rows.begin(), rows.end());
  rows.resize(rows.size() * size_t(trainPercent) / 100);
  return rows;
}

// Whether all its values can be in the other parts: of records that are mixed, where they are few.
bool Writer::mayBeUntrained(const ColumnGuess &column) const {
  if (column.missing == 0)
    return false;
  if (time)
    return std::none_of(trained.begin(), trained.end(), [&](size_t row) { return column.areThere[row]; });
  constexpr int64_t few = 10;
  return column.present() <= few && column.present() * 100 <= table.rows * (100 - trainPercent) + 100;
}

void Writer::column(const ColumnGuess &column, size_t place) {
  if (column.isNameless)
    return leaveOut(column, "the header has no name for it");
  if (column.present() == 0)
    return leaveOut(column, "it is missing everywhere");
  if (!column.hasMany && column.different.size() == 1 && column.missing == 0)
    return leaveOut(column, "it is always " + inComment(*column.different.begin()).substr(0, 40));
  if (column.isNumber() && column.counts && column.missing == 0 && table.rows > 2 && !keepsCounters)
    return leaveOut(column, "it counts the rows");
  bool isTextWithMany = !column.isNumber() && !column.isDate() &&
                        (column.different.size() > mostCategories || column.hasMany ||
                         int64_t(2 * column.different.size()) > table.rows + 2);
  if (isTextWithMany)
    return leaveOut(column, "a text, " + described(column, table.rows));
  if (mayBeUntrained(column))
    return leaveOut(column, time ? "it is missing in the whole training part"
                                 : "it is missing in all but " + places(column.present(), "of ") +
                                       std::to_string(table.rows) + " rows");
  std::string text = start("column", column, place), from, steps;
  std::string name = text.substr(7, text.size() - 9);
  if (table.format.header && name != column.name)
    from = " |> from(" + quoted(column.name) + ")";
  ++kept;
  if (&column == time)
    order = column.isTimeRising() ? "order" : name;
  if (column.isDate())
    steps = std::string(column.missing ? " |> missing(drop)" : "") + " |> calendar(year)";
  else if (column.isNumber())
    steps = std::string(column.missing ? " |> missing(median, indicator: true)" : "") + " |> zscore";
  else if (column.missing)
    steps = " |> missing(mode)";
  std::string type = column.isDate()     ? "date"
                     : column.isNumber() ? "number"
                                         : "category(" + std::to_string(column.different.size()) + ")";
  line(text + type + from + steps, described(column, table.rows));
}

// The last column: classes when they are few, else a number.
void Writer::target(const ColumnGuess &column, size_t place) {
  std::string text = start("target", column, place), from;
  std::string name = text.substr(7, text.size() - 9);
  if (table.format.header && name != column.name)
    from = " |> from(" + quoted(column.name) + ")";
  size_t count = column.different.size();
  bool isFew = !column.hasMany && count >= 2 && count <= mostClasses;
  bool areWhole = column.isNumber() && column.wholes == column.numbers;
  bool isClass = isFew && areWhole && column.low == 0 && column.high == double(count - 1);
  bool isCategory =
      isFew && !isClass && (!column.isNumber() || (areWhole && int64_t(count) * 5 < table.rows));
  std::string type = isClass      ? "class(" + std::to_string(count) + ")"
                     : isCategory ? "category(" + std::to_string(count) + ")"
                                  : "number";
  if (isClass || isCategory)
    classTarget = name;
  std::string steps = column.missing ? " |> missing(drop)" : "";
  if (!isClass && !isCategory)
    steps += " |> zscore";
  out += "// The target is guessed: the last column.\n";
  line(text + type + from + steps, described(column, table.rows));
}

std::string Writer::partition() const {
  if (!order.empty())
    return "// The rows are a series: `windows(length: 12, horizon: 1)` would make records of several.\n"
           "partition(train: " +
           std::to_string(trainPercent) + "%, validation: 10%, test: 20%, by: " + order + ")\n";
  return "partition(train: " + std::to_string(trainPercent) + "%, validation: 15%, test: 15%" +
         (classTarget.empty() ? std::string() : ", stratify: " + classTarget) + ")\n";
}

std::optional<std::string> Writer::write() {
  std::string file = path.substr(path.rfind('/') + 1);
  std::string name = Names().of(file.substr(0, file.find('.')), 0);
  out = "/// " + inComment(file) + ". Written by `nnc data`; read each line before you trust it.\ndata " +
        name + " {\n";
  source();
  findOrder();
  for (size_t i = 0; i + 1 < table.columns.size(); ++i)
    column(table.columns[i], i);
  target(table.columns.back(), table.columns.size() - 1);
  if (kept == 0)
    return std::nullopt;
  return out + partition() + "}\n";
}

// A text in a column that has mostly numbers may stand for missing ones.
std::string missingHint(const TableGuess &table) {
  for (const ColumnGuess &column : table.columns)
    if (column.numbers > column.texts && !column.others.empty())
      return "; if a cell such as `" + inComment(*column.others.begin()).substr(0, 40) +
             "` is a missing one, a `csv` source says so with `missing: \"…\"`";
  return "";
}

} // namespace

// Columns that count the rows are taken only where there are no others.
std::optional<std::string> dataBlock(const std::string &path, const TableGuess &table) {
  auto text = Writer(path, table, false).write();
  return text ? text : Writer(path, table, true).write();
}

int dataCommand(const Options &options) {
  auto table = guessTable(options.topic);
  if (!table) {
    llvm::errs() << "nnc: " << table.error().message << '\n';
    return 1;
  }
  const ColumnGuess &last = table->columns.back();
  size_t classes = last.different.size();
  bool canBeTarget = last.isNumber() || (!last.hasMany && classes >= 2 && classes <= mostClasses);
  if (last.present() == 0 || !canBeTarget) {
    llvm::errs() << "nnc: `" << options.topic
                 << "`: the last column, which would be the target, is neither a number "
                 << "nor one of 2 to " << mostClasses << " classes" << missingHint(*table) << '\n';
    return 1;
  }
  auto block = dataBlock(options.topic, *table);
  if (!block) {
    llvm::errs() << "nnc: `" << options.topic
                 << "`: no column beside the target is a number, a category or a date" << missingHint(*table)
                 << '\n';
    return 1;
  }
  Session session(options);
  uint32_t file = session.sources.addBuffer("data", *block);
  bool fault = false;
  auto text = canonical(session, file, fault);
  if (!text) {
    session.printDiagnostics();
    return 70;
  }
  llvm::outs() << *text;
  return 0;
}

} // namespace nn
