// Field by field over all parts: one pass for classes, several for numbers.
#include "runtime/base/Text.h"
#include "runtime/data/CallText.h"
#include "runtime/data/ValueStep.h"
#include "runtime/data/report/Cells.h"
#include "runtime/data/report/Pictures.h"
#include "runtime/data/report/Summary.h"

#include <map>
#include <unordered_map>

using namespace nnrt;

namespace {

constexpr int64_t mostElements = 8;   // of a record that are described one by one
constexpr int64_t mostLabels = 1000;  // classes that are listed even where they are absent
constexpr int64_t mostFirstCells = 5; // records shown
constexpr int64_t mostPictures = 16;

using Pieces = std::vector<FieldValues::Piece>;

// The column of a field in each part, or nothing where it is read from nowhere.
Pieces piecesOf(const std::vector<Part> &parts, uint32_t field) {
  Pieces pieces;
  for (const Part &part : parts)
    pieces.push_back({&part.split.table->columns[field], &part.split.records});
  return pieces;
}

// In the order of the classes: of numbers where all are numbers, else of their characters.
void sortClasses(std::vector<ClassCount> &classes) {
  auto isNumber = [](const ClassCount &one) { return parseNumber(one.text).has_value(); };
  bool areNumbers = std::all_of(classes.begin(), classes.end(), isNumber);
  std::sort(classes.begin(), classes.end(), [&](const ClassCount &a, const ClassCount &b) {
    double left = areNumbers ? *parseNumber(a.text) : 0, right = areNumbers ? *parseNumber(b.text) : 0;
    return left != right ? left < right : a.text < b.text;
  });
}

std::vector<ClassCount> countClasses(const Pieces &pieces, const nn_field &field, const Cells &cells,
                                     int64_t &missing) {
  std::map<std::string, std::vector<int64_t>> counts;
  if (cells.nature == Nature::label && field.classes <= mostLabels)
    for (int64_t label = 0; label < field.classes; ++label)
      counts[std::to_string(label)].resize(pieces.size());
  for (size_t part = 0; part < pieces.size(); ++part) {
    std::unordered_map<double, int64_t> ofPart;
    cells.valuesIn({pieces[part]}).each([&](double value) {
      if (cells.isMissing(value))
        ++missing;
      else
        ++ofPart[value];
    });
    for (auto [value, count] : ofPart) {
      std::string text = cells.text(*pieces[part].column, value);
      std::vector<int64_t> &row = counts[text == " " ? "␣" : text];
      row.resize(pieces.size());
      row[part] += count;
    }
  }
  std::vector<ClassCount> classes;
  for (auto &[text, row] : counts)
    classes.push_back({text, row});
  sortClasses(classes);
  return classes;
}

// With flags, values that were missing have been filled in already.
int64_t countFlags(const Pieces &pieces, const Cells &cells) {
  int64_t count = 0;
  cells.flagsIn(pieces).each([&](double flag) { count += flag != 0; });
  return count;
}

void addNumbers(FieldSummary &summary, const FieldValues &values) {
  summary.numbers = numbersOf(values);
  summary.missing = summary.numbers->missing;
  summary.cells = summary.numbers->count + summary.numbers->missing;
}

void addFirstCells(FieldSummary &summary, const Pieces &pieces, const Cells &cells) {
  const FieldValues::Piece &piece = pieces[0];
  for (int64_t record : *piece.records) {
    if (int64_t(summary.firstCells.size()) == mostFirstCells)
      return;
    summary.firstCells.push_back(cells.recordText(*piece.column, record));
  }
}

// Each element of a short vector by its place: they need not be of one kind.
std::vector<FieldSummary> summarizeElements(const FieldSummary &whole, const Pieces &pieces,
                                            const Cells &cells) {
  std::vector<FieldSummary> all;
  for (int64_t i = 0; i < cells.span; ++i) {
    FieldSummary one = whole;
    one.name += "[" + std::to_string(i) + "]";
    one.type = "number";
    one.hasOutliers = true;
    addNumbers(one, {pieces, i, 1, cells.stride});
    for (size_t row = 0; row < one.firstCells.size(); ++row) {
      const FieldValues::Piece &piece = pieces[0];
      one.firstCells[row] = cells.text(*piece.column, piece.column->at((*piece.records)[int64_t(row)], i));
    }
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<FieldSummary> summarizeField(const nn_data &data, const nn_field &field, const Pieces &pieces,
                                         const Cells &cells) {
  FieldSummary summary;
  summary.name = field.name;
  summary.type = typeText(data, field, cells);
  summary.isDate = cells.nature == Nature::date;
  addFirstCells(summary, pieces, cells);
  bool isNumber = cells.nature == Nature::number;
  if (isNumber && cells.shape.size() == 1 && cells.span > 1 && cells.span <= mostElements && !cells.hasFlags)
    return summarizeElements(summary, pieces, cells);
  if (isNumber || summary.isDate) {
    summary.hasOutliers = isNumber && (cells.isTableField || cells.span <= mostElements);
    addNumbers(summary, cells.valuesIn(pieces));
  } else {
    summary.classes = countClasses(pieces, field, cells, summary.missing);
    summary.cells = summary.missing;
    for (const ClassCount &one : summary.classes)
      summary.cells += one.total();
  }
  if (cells.hasFlags)
    summary.missing = countFlags(pieces, cells);
  return {summary};
}

// The label of a record, for the caption of its picture.
std::string captionOf(const nn_data &data, const Table &table, int64_t record) {
  for (uint32_t i = 0; i < data.field_count; ++i)
    if (const Column &column = table.columns[i]; column.width == 1 && data.fields[i].classes > 0)
      if (auto cells = Cells::of(data, data.fields[i], column))
        return cells->recordText(column, record);
  return "";
}

// Evenly over the part: a folder of images comes class by class.
std::vector<Picture> picturesOf(const nn_data &data, const Split &split, const Column &column,
                                const Cells &cells) {
  std::vector<Picture> pictures;
  int64_t count = std::min(split.size(), mostPictures);
  for (int64_t i = 0; i < count; ++i) {
    int64_t record = split.records[i * split.size() / count];
    if (auto png = pngOf(column, cells.shape, record))
      pictures.push_back({captionOf(data, *split.table, record), std::move(*png)});
  }
  return pictures;
}

} // namespace

int64_t ClassCount::total() const {
  int64_t sum = 0;
  for (int64_t count : counts)
    sum += count;
  return sum;
}

int64_t DataSummary::records() const {
  int64_t sum = 0;
  for (const auto &part : parts)
    sum += part.second;
  return sum;
}

DataSummary nnrt::summarize(const nn_data &data, const std::vector<Part> &parts, bool pictures) {
  DataSummary summary;
  summary.name = data.name;
  summary.sources = splitTexts(data);
  for (const Part &part : parts)
    summary.parts.emplace_back(textOf(part.name), part.split.size());
  if (data.windows.name)
    if (const nn_value *length = argumentOf(data.windows, "length"))
      summary.windowLength = int64_t(length->number);
  summary.repeats = repeatsOf(parts);
  for (uint32_t i = 0; i < data.field_count; ++i) {
    Pieces pieces = piecesOf(parts, i);
    const Column &column = *pieces[0].column;
    Result<Cells> cells = Cells::of(data, data.fields[i], column);
    if (column.width == 0 || !cells)
      continue;
    std::vector<FieldSummary> fields = summarizeField(data, data.fields[i], pieces, *cells);
    if (pictures && cells->isImage())
      fields[0].pictures = picturesOf(data, parts[0].split, column, *cells);
    for (FieldSummary &field : fields)
      summary.fields.push_back(std::move(field));
  }
  return summary;
}
