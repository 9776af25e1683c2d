// Numbers as text and back, shapes, and edit distance for suggestions.
#include "runtime/base/Text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <utility>

using namespace nnrt;

namespace {

template <class T> std::string shortestDigits(T value) {
  if (std::isnan(value))
    return "nan";
  char buffer[64];
  auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return std::string(buffer, end);
}

// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment), a row at a time.
size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> beforeLast, last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    beforeLast = std::exchange(last, row);
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j - 1] + (a[i - 1] != b[j - 1]), last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], beforeLast[j - 2] + 1);
    }
  }
  return row.back();
}

} // namespace

std::string nnrt::shortest(float value) { return shortestDigits(value); }
std::string nnrt::shortest(double value) { return shortestDigits(value); }

std::string nnrt::brief(double value) {
  if (std::isnan(value))
    return "nan";
  char buffer[64];
  snprintf(buffer, sizeof buffer, "%.5g", value);
  return buffer;
}

std::string nnrt::grouped(int64_t value) {
  std::string digits = std::to_string(value);
  size_t firstDigit = value < 0 ? 1 : 0;
  for (size_t i = digits.size(); i > firstDigit + 3;) {
    i -= 3;
    digits.insert(i, ",");
  }
  return digits;
}

std::string nnrt::byteCount(uint64_t bytes) {
  const char *units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  double value = double(bytes);
  int unit = 0;
  for (; value >= 1024 && unit < 6; ++unit)
    value /= 1024;
  char buffer[64];
  snprintf(buffer, sizeof buffer, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
  return buffer;
}

std::optional<uint64_t> nnrt::parseByteCount(std::string_view text) {
  size_t unitAt = text.find_first_not_of("0123456789.");
  if (unitAt == std::string_view::npos)
    return std::nullopt;
  std::string_view unit = text.substr(unitAt);
  size_t power = std::string_view("BKMGT").find(unit[0]);
  bool isBinary = unit.substr(1) == "iB", isDecimal = unit.substr(1) == "B";
  if (power == std::string_view::npos || (power == 0 ? unit != "B" : !isBinary && !isDecimal))
    return std::nullopt;
  std::optional<double> number = parseNumber(text.substr(0, unitAt));
  if (!number)
    return std::nullopt;
  double bytes = *number * std::pow(isBinary ? 1024.0 : 1000.0, double(power));
  return bytes < 9e18 ? std::optional(uint64_t(bytes)) : std::nullopt;
}

std::optional<double> nnrt::parseNumber(std::string_view text) {
  double value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::optional<double> nnrt::parseQuantity(std::string_view text) {
  static constexpr std::pair<std::string_view, double> factors[] = {
      {"deg", M_PI / 180}, {"rad", 1}, {"min", 60}, {"ms", 0.001}, {"s", 1}, {"h", 3600}};
  auto endsIn = [&](std::string_view unit) {
    return text.size() > unit.size() && text.substr(text.size() - unit.size()) == unit;
  };
  auto number = [&](size_t unit) { return parseNumber(text.substr(0, text.size() - unit)); };
  if (endsIn("%")) { // divided, so that 10% is the double that 0.1 is
    auto share = number(1);
    return share ? std::optional(*share / 100) : std::nullopt;
  }
  for (auto &[unit, factor] : factors)
    if (endsIn(unit)) {
      auto value = number(unit.size());
      return value ? std::optional(*value * factor) : std::nullopt;
    }
  return parseNumber(text);
}

std::optional<int64_t> nnrt::parseInteger(std::string_view text) {
  int64_t value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

std::string nnrt::shapeText(const std::vector<int64_t> &shape) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); ++i)
    text += (i ? ", " : "") + (shape[i] < 0 ? "b" : std::to_string(shape[i]));
  return text + "]";
}

std::string nnrt::suggestion(std::string_view name, const std::vector<std::string> &candidates) {
  name = name.substr(0, 256); // the cost is the product of the lengths
  const std::string *best = nullptr;
  size_t bestDistance = std::max<size_t>(1, name.size() / 3) + 1;
  for (const std::string &candidate : candidates)
    if (size_t distance = editDistance(name, candidate); distance < bestDistance) {
      best = &candidate;
      bestDistance = distance;
    }
  return best ? ": did you mean `" + *best + "`?" : "";
}

std::string nnrt::shownCell(std::string_view cell) {
  constexpr size_t most = 40;
  size_t length = std::min(cell.size(), most);
  while (length < cell.size() && length > 0 && (cell[length] & 0xc0) == 0x80) // inside of a character
    --length;
  std::string text(cell.substr(0, length));
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return "`" + text + (length < cell.size() ? "…`" : "`");
}

std::string nnrt::shellQuoted(const std::string &word) {
  auto plain = [](unsigned char c) {
    return isalnum(c) || (c && std::string_view("_-./=+,:@%").find(c) != std::string_view::npos);
  };
  if (!word.empty() && std::all_of(word.begin(), word.end(), plain))
    return word;
  std::string quoted = "'";
  for (char c : word)
    c == '\'' ? quoted += "'\\''" : quoted += c;
  return quoted + "'";
}
