#include "runtime/data/report/Cells.h"
#include "runtime/base/Text.h"
#include "runtime/data/Characters.h"
#include "runtime/data/DateText.h"
#include "runtime/data/table/CellForm.h"

#include <cmath>
#include <cstdio>
#include <cstring>

using namespace nnrt;

namespace {

constexpr int64_t mostCells = 8, mostCharacters = 60, mostWords = 12; // of a record as text

Nature natureOf(const nn_data &data, const nn_field &field, const Column &column) {
  if (column.dictionary)
    return isText(data.train) ? Nature::word : Nature::category;
  if (isTableField(field) && field.cell == NN_CELL_DATE)
    return Nature::date;
  if (isText(data.train))
    return Nature::character;
  return field.classes > 0 ? Nature::label : Nature::number;
}

std::string visible(double codePoint) {
  std::string text;
  if (codePoint == '\n')
    return "\\n";
  if (codePoint >= 1 && codePoint <= 0x10ffff)
    appendUtf8(text, uint32_t(codePoint));
  return text;
}

// Whole numbers in full, others with six significant digits at most.
std::string numberText(double value) {
  char buffer[64];
  bool isWhole = value == std::floor(value) && std::fabs(value) < 1e15;
  snprintf(buffer, sizeof buffer, isWhole ? "%.0f" : "%.6g", value);
  return buffer;
}

bool isTrivial(const std::vector<int64_t> &shape) { return elementCount(shape) == 1; }

} // namespace

Result<Cells> Cells::of(const nn_data &data, const nn_field &field, const Column &column) {
  Cells cells;
  cells.nature = natureOf(data, field, column);
  cells.isTableField = nnrt::isTableField(field);
  cells.span = cells.stride = column.width;
  cells.shape = elementCount(recordShape(field)) == column.width ? recordShape(field) : column.shape;
  if (!cells.isTableField)
    return cells;
  NNRT_ASSIGN(CellForm form, CellForm::of(field));
  cells.span = form.span;
  cells.stride = form.rawWidth();
  cells.hasFlags = form.keepsFlags;
  cells.shape.clear();
  if (data.windows.name)
    cells.shape.push_back(column.width / cells.stride);
  if (field.span > 1)
    cells.shape.push_back(field.span);
  return cells;
}

FieldValues Cells::valuesIn(std::vector<FieldValues::Piece> pieces) const {
  return {std::move(pieces), 0, span, stride};
}

FieldValues Cells::flagsIn(std::vector<FieldValues::Piece> pieces) const {
  return {std::move(pieces), span, span, stride};
}

bool Cells::isImage() const {
  return nature == Nature::number && !isTableField && shape.size() == 3 && shape[0] > 1 && shape[1] > 1 &&
         (shape[2] == 1 || shape[2] == 3);
}

bool Cells::isMissing(double value) const {
  return nature == Nature::category || nature == Nature::word ? value == double(missingText)
                                                              : !std::isfinite(value);
}

std::string Cells::text(const Column &column, double value) const {
  if (isMissing(value))
    return "";
  switch (nature) {
  case Nature::date:
    return dateText(value);
  case Nature::category:
  case Nature::word:
    return column.dictionary->texts[size_t(value)];
  case Nature::character:
    return visible(value);
  default:
    return numberText(value);
  }
}

std::string Cells::recordText(const Column &column, int64_t record) const {
  bool areCharacters = nature == Nature::character, areWords = nature == Nature::word;
  if (!areCharacters && !areWords && (span > mostCells || column.width > stride))
    return "";
  std::string joined;
  const char *between = areCharacters ? "" : areWords ? " " : ", ";
  int64_t count = std::min(span, areCharacters ? mostCharacters : areWords ? mostWords : mostCells);
  for (int64_t i = 0; i < count; ++i)
    joined += (i ? between : "") + text(column, column.at(record, i));
  return joined;
}

std::string nnrt::typeText(const nn_data &data, const nn_field &field, const Cells &cells) {
  std::string shape = isTrivial(cells.shape) ? "" : shapeText(cells.shape);
  if (cells.isTableField && field.cell == NN_CELL_CATEGORY)
    return "category(" + std::to_string(field.categories) + ")" + shape;
  if (cells.nature == Nature::date)
    return "date" + shape;
  if (field.classes > 0)
    return "class(" + std::to_string(field.classes) + ")" + shape;
  if (cells.isImage())
    return "image " + shape;
  bool isWave = !strcmp(data.train.name, "wav") && cells.shape.size() == 1;
  return isWave ? "waveform " + shape : "number" + shape;
}
