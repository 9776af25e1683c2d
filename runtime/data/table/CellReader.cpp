#include "runtime/data/table/CellReader.h"
#include "runtime/base/Text.h"
#include "runtime/data/ValueStep.h"
#include "runtime/data/LabelText.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

using namespace nnrt;

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr size_t mostTexts = size_t(1) << 20;

bool isDecimalComma(std::string_view cell) {
  double value;
  return cell.find(',') != std::string_view::npos && parseCommaCell(cell, value);
}

// Quotes keep the blanks around a cell, which no number or date has.
std::string_view trimmed(std::string_view cell) {
  while (!cell.empty() && cell.front() == ' ')
    cell.remove_prefix(1);
  while (!cell.empty() && cell.back() == ' ')
    cell.remove_suffix(1);
  return cell;
}

} // namespace

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

namespace {

// Numbers and dates are doubles, places in a dictionary floats, few classes bytes.
size_t elementBytes(const nn_field &field) {
  return field.cell == NN_CELL_CATEGORY ? 4 : field.cell == NN_CELL_CLASS && field.classes <= 256 ? 1 : 8;
}

template <class T> const T *elementOf(const ColumnWriter<T> &);

// Of its first characters and its length.
uint64_t hashOf(std::string_view cell) {
  uint64_t word;
  memcpy(&word, cell.data(), sizeof word);
  if (cell.size() < sizeof word)
    word &= (uint64_t(1) << 8 * cell.size()) - 1;
  return (word + cell.size()) * 0x9e3779b97f4a7c15 >> 32;
}

// In memory, numbers that are bytes are kept as such.
void narrow(Column &column) {
  auto toBytes = [&](const auto &values) { column.values = Bytes(values.begin(), values.end()); };
  if (auto *doubles = std::get_if<Stored<double>>(&column.values))
    toBytes(Stored<double>(*doubles));
  else if (auto *floats = std::get_if<Stored<float>>(&column.values))
    toBytes(Stored<float>(*floats));
}

} // namespace

int64_t CellReader::rowsAtOnce(uint64_t tableBytes) {
  return int64_t(std::clamp<uint64_t>((uint64_t(1) << 16) / std::max<uint64_t>(tableBytes, 1), 1, 256));
}

Result<uint64_t> CellReader::rowBytes(const nn_field &field) {
  NNRT_ASSIGN(CellForm form, CellForm::of(field));
  return uint64_t(form.rawWidth()) * elementBytes(field);
}

Result<CellReader> CellReader::of(const nn_field &field, const MissingTokens &tokens,
                                  const std::string &origin, uint64_t tableBytes) {
  NNRT_ASSIGN(CellForm form, CellForm::of(field));
  std::vector<int64_t> shape{form.rawWidth()};
  size_t bytes = elementBytes(field);
  CellReader reader(field, tokens,
                    bytes == 8   ? Writer(ColumnWriter<double>(origin, shape, tableBytes))
                    : bytes == 4 ? Writer(ColumnWriter<float>(origin, shape, tableBytes))
                                 : Writer(ColumnWriter<uint8_t>(origin, shape, tableBytes)));
  reader.form = std::move(form);
  reader.rowWidth = reader.form.rawWidth();
  reader.pending.resize(size_t(reader.rowWidth * rowsAtOnce(tableBytes)));
  reader.current = reader.pending.data();
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
  reader.arePlainNumbers = field.cell == NN_CELL_NUMBER && reader.rowWidth == 1 && !reader.forwards &&
                           !reader.code && !tokens.haveNumber;
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
  if (mayLackValues) {
    current[i] = field.cell == NN_CELL_CATEGORY ? double(missingText)
                 : field.cell == NN_CELL_CLASS  ? 0
                                                : nothing;
    return Outcome::good;
  }
  if (drops)
    return Outcome::drop;
  if (forwards && !std::isnan(last[i])) {
    current[i] = last[i];
    ++carriedNow;
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
  double value;
  if (parsePlainCell(cell, value) && !tokens.haveNumber && !code && !hasDecimalComma) {
    current[i] = value;
    return Outcome::good;
  }
  cell = trimmed(cell);
  bool isNumber = hasDecimalComma ? parseCommaCell(cell, value) : parseCell(cell, value);
  bool isFinite = isNumber && std::isfinite(value);
  if (!isFinite || tokens.haveNumber)
    if (tokens.contains(cell))
      return missing(i, mistake);
  if (isNumber && code && value == *code)
    return missing(i, mistake);
  bool isTooLarge = isFinite && field.input.dtype == NN_F32 && std::isinf(float(value));
  if (!isFinite || isTooLarge) {
    mistake = cellName(i) + shownCell(cell) +
              (isTooLarge ? " is more than `f32` holds"
               : isNumber ? " is not a finite number"
                          : " is not a number");
    if (!isNumber && isDecimalComma(cell))
      mistake += "; `decimal: comma` of `csv(…)` reads such ones";
    return Outcome::bad;
  }
  current[i] = value;
  return Outcome::good;
}

CellReader::Outcome CellReader::label(std::string_view cell, size_t i, std::string &mistake) {
  cell = trimmed(cell);
  if (tokens.contains(cell))
    return missing(i, mistake);
  auto value = parseCell(cell);
  if (value && isClass(*value, form.classes)) {
    current[i] = *value;
    return Outcome::good;
  }
  mistake = cellName(i) + "label " + shownCell(cell) + " is not in class(" + std::to_string(form.classes) +
            ")" + (value ? "" : "; `category(" + std::to_string(form.classes) + ")` is for texts");
  return Outcome::bad;
}

CellReader::Outcome CellReader::category(std::string_view cell, size_t i, int64_t line,
                                         std::string &mistake) {
  int64_t &recent = recentPlaces[hashOf(cell) % std::size(recentPlaces)];
  if (recent != missingText && dictionary->texts[size_t(recent)] == cell) {
    current[i] = double(recent);
    return Outcome::good;
  }
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
  recent = place->second;
  current[i] = double(recent);
  return Outcome::good;
}

CellReader::Outcome CellReader::date(std::string_view cell, size_t i, std::string &mistake) {
  cell = trimmed(cell);
  if (tokens.contains(cell))
    return missing(i, mistake);
  auto value = parseDate(cell);
  if (!value) {
    mistake = cellName(i) + shownCell(cell) + " is not " + dateForms;
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

CellReader::Outcome CellReader::readAll(const std::vector<std::string_view> &cells, int64_t line,
                                        std::string &mistake) {
  carriedNow = 0;
  for (size_t i = 0; i < size_t(form.span); ++i) {
    if (form.keepsFlags)
      current[size_t(form.span) + i] = 0;
    if (Outcome outcome = readOne(cells[first + i], i, line, mistake); outcome != Outcome::good)
      return outcome;
  }
  return Outcome::good;
}

void CellReader::keepLast() {
  carriedInAll += carriedNow;
  std::copy_n(current, last.size(), last.begin());
}

// A writer is asked for many rows at once.
Status CellReader::write() {
  double noValue = field.cell == NN_CELL_CATEGORY ? double(missingText) : nothing;
  const double *begin = pending.data(), *end = current;
  // Either is settled by the first rows, as a rule.
  anyValue = anyValue ||
             std::any_of(begin, end, [&](double value) { return !std::isnan(value) && value != noValue; });
  areBytes = areBytes && std::all_of(begin, end, [](double value) {
               return value >= 0 && value <= 255 && value == std::floor(value);
             });
  int64_t rows = (end - begin) / rowWidth;
  current = pending.data();
  return std::visit(
      [&](auto &writer) {
        using T = std::remove_const_t<std::remove_pointer_t<decltype(elementOf(writer))>>;
        if constexpr (std::is_same_v<T, double>) {
          return writer.append(begin, rows);
        } else {
          std::vector<T> narrowed(begin, end);
          return writer.append(narrowed.data(), rows);
        }
      },
      values);
}

Result<Column> CellReader::finish() {
  NNRT_ASSIGN(Column column, std::visit([](auto &writer) { return writer.finish(); }, values));
  column.dictionary = std::move(dictionary);
  if (areBytes)
    narrow(column);
  return column;
}
