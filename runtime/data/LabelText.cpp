#include "runtime/data/LabelText.h"
#include "runtime/base/Text.h"

#include <cmath>
#include <optional>

using namespace nnrt;

bool nnrt::isClass(double value, int64_t classes) {
  return value >= 0 && value < double(classes) && value == std::floor(value);
}

std::string nnrt::labelMistake(const std::string &cell, const nn_field &field) {
  std::string about = std::string(" for field `") + field.name + "`";
  if (cell.empty())
    return "the cell" + about + " is missing";
  if (field.cell == NN_CELL_CATEGORY)
    return "";
  std::optional<double> number = parseNumber(cell);
  std::string shown = shownCell(cell);
  if (!number)
    return shown + about + " is not a number; `category(k)` takes texts";
  if (field.classes == 0 || isClass(*number, field.classes))
    return "";
  return "label " + shown + about + " is not in class(" + std::to_string(field.classes) + ")";
}
