#include "runtime/data/table/CellReader.h"
#include "runtime/base/Text.h"
#include "runtime/data/ValueStep.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

using namespace nnrt;

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr size_t mostTexts = size_t(1) << 20;

std::string quoted(std::string_view cell) {
  bool isLong = cell.size() > 40;
  std::string text(cell.substr(0, 40));
  std::replace(text.begin(), text.end(), '\n', ' ');
  return "`" + text + (isLong ? "…`" : "`");
}

// Up to 15 digits and a power of ten up to 22 are exact doubles, so that one division rounds properly
// (William D. Clinger, "How to read floating point numbers accurately", 1990).
std::optional<double> parsePlain(std::string_view cell) {
  constexpr double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                               1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  size_t i = cell.size() > 0 && cell[0] == '-';
  bool negative = i;
  if (cell.size() - i > 16 || cell.size() == i)
    return std::nullopt;
  uint64_t digits = 0;
  size_t count = 0, behindPoint = 0;
  bool point = false;
  for (; i < cell.size(); ++i) {
    unsigned digit = unsigned(uint8_t(cell[i])) - '0';
    if (digit < 10) {
      digits = digits * 10 + digit;
      ++count;
      behindPoint += point;
    } else if (cell[i] == '.' && !point) {
      point = true;
    } else {
      return std::nullopt;
    }
  }
  if (count == 0 || count > 15)
    return std::nullopt;
  double value = double(digits) / powers[behindPoint];
  return negative ? -value : value;
}

} // namespace

std::optional<double> nnrt::parseCell(std::string_view cell) {
  if (auto plain = parsePlain(cell))
    return plain;
  if (cell.size() > 1 && cell[0] == '+' && cell[1] != '-')
    cell.remove_prefix(1);
  double value = 0;
  auto [end, failure] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (end != cell.data() + cell.size() || failure == std::errc::invalid_argument)
    return std::nullopt;
  if (failure == std::errc::result_out_of_range) // 1e999 is infinite, 1e-999 zero
    return strtod(std::string(cell).c_str(), nullptr);
  return value;
}

MissingTokens MissingTokens::of(std::string_view list) {
  MissingTokens tokens;
  tokens.texts.clear();
  while (true) {
    size_t end = list.find('|');
    tokens.texts.emplace_back(list.substr(0, end));
    tokens.haveNumber |= parseCell(tokens.texts.back()).has_value();
    if (end == std::string_view::npos)
      return tokens;
    list.remove_prefix(end + 1);
  }
}

bool MissingTokens::contains(std::string_view cell) const {
  return cell.empty() || std::any_of(texts.begin(), texts.end(), [&](auto &text) { return text == cell; });
}

Result<CellReader> CellReader::of(const nn_field &field, const MissingTokens &tokens) {
  CellReader reader(field, tokens);
  NNRT_ASSIGN(reader.form, CellForm::of(field));
  reader.current.resize(size_t(reader.form.rawWidth()));
  reader.last.assign(size_t(reader.form.span), nothing);
  for (uint32_t i = 0; i < field.step_count; ++i) {
    const nn_call &step = field.steps[i];
    if (strcmp(step.name, "missing") != 0)
      continue;
    const nn_value *by = argumentOf(step, "by"), *number = argumentOf(step, "code");
    std::string word = by ? by->text : "";
    reader.drops |= word == "drop";
    reader.forwards |= word == "forward";
    reader.fills |= word != "drop" && word != "forward";
    if (number && !number->text)
      reader.code = number->number;
  }
  if (field.cell == NN_CELL_CATEGORY) {
    reader.dictionary = std::make_shared<Dictionary>();
    reader.dictionary->texts.emplace_back();
    reader.dictionary->lines.push_back(0);
  }
  return reader;
}

std::string CellReader::cellName(size_t i) const {
  std::string place = std::to_string(first + i + 1);
  return "column " + place + (i < names.size() ? " (`" + names[i] + "`)" : std::string()) + ": ";
}

CellReader::Outcome CellReader::missing(size_t i, std::string &mistake) {
  if (form.keepsFlags)
    current[size_t(form.span) + i] = 1;
  if (drops)
    return Outcome::drop;
  if (forwards && !std::isnan(last[i])) {
    current[i] = last[i];
    return Outcome::good;
  }
  current[i] = field.cell == NN_CELL_CATEGORY ? double(missingText) : nothing;
  if (fills)
    return Outcome::good;
  bool isNumber = field.cell == NN_CELL_NUMBER, isCategory = field.cell == NN_CELL_CATEGORY;
  if (isCategory && !form.isLabel && !forwards) // none of the categories
    return Outcome::good;
  mistake = cellName(i) + (forwards ? "the cell is missing, and no row before has a value to carry on; "
                                    : "the cell is missing; `|> ");
  if (forwards)
    mistake +=
        "a second `|> missing(" + std::string(isNumber ? "median" : "drop") + ")` would say what to do";
  else
    mistake += std::string("missing(…)` says what to do: ") +
               (isNumber     ? "`median`, `mean`, `mode`, `constant: 0`, `forward` or `drop`"
                : isCategory ? "`mode`, `constant: \"…\"`, `forward` or `drop`"
                             : "`forward` or `drop`");
  return Outcome::bad;
}

CellReader::Outcome CellReader::number(std::string_view cell, size_t i, std::string &mistake) {
  auto value = parseCell(cell);
  bool isMissing = value && !tokens.haveNumber && std::isfinite(*value) ? false : tokens.contains(cell);
  if (isMissing || (code && value && *value == *code))
    return missing(i, mistake);
  if (!value || !std::isfinite(*value)) {
    mistake = cellName(i) + quoted(cell) + (value ? " is not a finite number" : " is not a number");
    return Outcome::bad;
  }
  current[i] = *value;
  return Outcome::good;
}

CellReader::Outcome CellReader::label(std::string_view cell, size_t i, std::string &mistake) {
  if (tokens.contains(cell))
    return missing(i, mistake);
  auto value = parseCell(cell);
  if (value && *value >= 0 && *value < double(form.classes) && *value == std::floor(*value)) {
    current[i] = *value;
    return Outcome::good;
  }
  mistake = cellName(i) + "label " + quoted(cell) + " is not in class(" + std::to_string(form.classes) + ")" +
            (value ? "" : "; `category(" + std::to_string(form.classes) + ")` is for texts");
  return Outcome::bad;
}

CellReader::Outcome CellReader::category(std::string_view cell, size_t i, int64_t line,
                                         std::string &mistake) {
  if (tokens.contains(cell))
    return missing(i, mistake);
  if (code && parseCell(cell) == code)
    return missing(i, mistake);
  auto [place, isNew] = places.try_emplace(std::string(cell), int64_t(places.size()) + 1);
  if (isNew && places.size() > mostTexts) {
    mistake = cellName(i) + "more than " + std::to_string(mostTexts) + " different cells are no category(" +
              std::to_string(field.categories) + ")";
    places.erase(place);
    return Outcome::bad;
  }
  if (isNew) {
    dictionary->texts.emplace_back(cell);
    dictionary->lines.push_back(line);
  }
  current[i] = double(place->second);
  return Outcome::good;
}

CellReader::Outcome CellReader::date(std::string_view cell, size_t i, std::string &mistake) {
  if (tokens.contains(cell))
    return missing(i, mistake);
  auto value = parseDate(cell);
  if (!value) {
    mistake = cellName(i) + quoted(cell) + " is not " + dateForms;
    return Outcome::bad;
  }
  current[i] = *value;
  return Outcome::good;
}

CellReader::Outcome CellReader::readOne(std::string_view cell, size_t i, int64_t line, std::string &mistake) {
  switch (field.cell) {
  case NN_CELL_CLASS:
    return label(cell, i, mistake);
  case NN_CELL_CATEGORY:
    return category(cell, i, line, mistake);
  case NN_CELL_DATE:
    return date(cell, i, mistake);
  default:
    return number(cell, i, mistake);
  }
}

CellReader::Outcome CellReader::read(const std::vector<std::string_view> &cells, int64_t line,
                                     std::string &mistake) {
  for (size_t i = 0; i < size_t(form.span); ++i) {
    if (form.keepsFlags)
      current[size_t(form.span) + i] = 0;
    if (Outcome outcome = readOne(cells[first + i], i, line, mistake); outcome != Outcome::good)
      return outcome;
  }
  return Outcome::good;
}

void CellReader::keep() {
  for (size_t i = 0; i < current.size(); ++i) {
    double value = current[i];
    bool isCell = i < last.size();
    if (forwards && isCell)
      last[i] = value;
    bool isPresent = field.cell == NN_CELL_CATEGORY ? value != double(missingText) : !std::isnan(value);
    anyValue |= isCell && isPresent;
    areBytes = areBytes && value >= 0 && value <= 255 && value == double(uint8_t(value));
    values.push_back(value);
  }
}

Column CellReader::finish(const std::string &origin) {
  Column column;
  column.origin = origin;
  column.width = form.rawWidth();
  column.shape = {column.width};
  column.dictionary = std::move(dictionary);
  if (areBytes)
    column.values = Bytes(values.begin(), values.end());
  else
    column.values = std::move(values);
  return column;
}
