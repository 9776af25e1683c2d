#include "runtime/data/LabelText.h"
#include "runtime/base/Text.h"

#include <cmath>
#include <optional>

using namespace nnrt;

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
  bool isClass = *number >= 0 && *number < double(field.classes) && *number == std::floor(*number);
  if (field.classes == 0 || isClass)
    return "";
  return "label " + shown + about + " is not in class(" + std::to_string(field.classes) + ")";
}
