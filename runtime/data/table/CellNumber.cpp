#include "runtime/data/table/CellNumber.h"

#include <charconv>
#include <cstdlib>
#include <string>

using namespace nnrt;

bool nnrt::parseCell(std::string_view cell, double &value) {
  if (cell.size() > 1 && cell[0] == '+' && cell[1] != '-')
    cell.remove_prefix(1);
  auto [end, failure] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (end != cell.data() + cell.size() || failure == std::errc::invalid_argument)
    return false;
  if (failure == std::errc::result_out_of_range) // 1e999 is infinite, 1e-999 zero
    value = strtod(std::string(cell).c_str(), nullptr);
  return true;
}

std::optional<double> nnrt::parseCell(std::string_view cell) {
  double value;
  return parseCell(cell, value) ? std::optional(value) : std::nullopt;
}

bool nnrt::parseCommaCell(std::string_view cell, double &value) {
  std::string text(cell);
  if (text.find('.') != std::string::npos)
    return false;
  if (size_t comma = text.find(','); comma != std::string::npos)
    text[comma] = '.';
  return parseCell(text, value);
}
