#include "runtime/data/report/Format.h"
#include "runtime/base/TableText.h"
#include "runtime/base/Text.h"
#include "runtime/data/DateText.h"

#include <cmath>
#include <cstdio>

using namespace nnrt;

namespace {

bool isContinuation(char byte) { return (byte & 0xc0) == 0x80; }

std::string counted(int64_t count, const std::string &what) {
  return grouped(count) + " " + what + (count == 1 ? "" : "s");
}

} // namespace

std::string nnrt::fourDigits(double value) {
  double size = std::fabs(value);
  char buffer[64];
  if (!(size < 1e7) || (size > 0 && size < 1e-4)) {
    snprintf(buffer, sizeof buffer, "%.4g", value);
    return buffer;
  }
  int decimals = size > 0 ? std::clamp(3 - int(std::floor(std::log10(size))), 0, 7) : 0;
  snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
  std::string text = buffer;
  if (text.find('.') != std::string::npos)
    text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.')
    text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string nnrt::shareText(int64_t count, int64_t of) {
  return fourDigits(of ? 100 * double(count) / double(of) : 0) + "%";
}

std::string nnrt::countAndShare(int64_t count, int64_t of) {
  return count ? grouped(count) + " (" + shareText(count, of) + ")" : "";
}

std::string nnrt::clipped(const std::string &text, size_t most) {
  std::string clean = text;
  for (char &byte : clean)
    if (uint8_t(byte) < 32 || byte == 127)
      byte = ' ';
  if (lengthOf(clean) <= most)
    return clean;
  size_t end = 0;
  for (size_t characters = 0; end < clean.size(); ++end)
    if (!isContinuation(clean[end]) && ++characters == most)
      break;
  return clean.substr(0, end) + "…";
}

std::string nnrt::valueText(const FieldSummary &field, double value) {
  if (field.isDate)
    return dateText(std::floor(value / 86400) * 86400);
  if (field.numbers && field.numbers->smallest < 0 && field.numbers->largest > 0) {
    double reach = std::max(-field.numbers->smallest, field.numbers->largest);
    value = std::fabs(value) < 1e-9 * reach ? 0 : value;
  }
  return fourDigits(value);
}

std::string nnrt::recordsText(const DataSummary &summary) {
  std::string text = grouped(summary.records());
  if (summary.windowLength)
    text += " windows of " + grouped(summary.windowLength) + " rows";
  for (size_t i = 0; i < summary.parts.size(); ++i)
    text += (i ? ", " : ": ") + summary.parts[i].first + " " + grouped(summary.parts[i].second);
  return text;
}

std::vector<std::string> nnrt::cleaningLines(const DataSummary &summary) {
  std::vector<std::string> lines;
  auto add = [&](int64_t count, const char *what, const char *why) {
    if (count)
      lines.push_back(counted(count, what) + why);
  };
  add(summary.skipped, "bad record", " left out by --skip-bad");
  add(summary.cleaning.missingDropped, "row", " left out by missing(drop)");
  add(summary.cleaning.duplicatesDropped, "row", " left out by duplicates = drop");
  add(summary.outliers, "record", " of the training part left out by outliers(…)");
  add(summary.cleaning.carried, "missing cell", " filled from a row before by missing(forward)");
  return lines;
}

std::string nnrt::repeatsText(const DataSummary &summary) {
  std::string text = counted(summary.repeats.duplicates, "record");
  if (summary.repeats.duplicates)
    text += " (" + shareText(summary.repeats.duplicates, summary.records()) + ")";
  text += summary.repeats.duplicates == 1 ? " equals one before in the fields read"
                                          : " equal one before in the fields read";
  return text;
}

std::string nnrt::leaksText(const DataSummary &summary) {
  if (!summary.repeats.leaked)
    return "";
  return counted(summary.repeats.leaked, "record") + " of validation and test " +
         (summary.repeats.leaked == 1 ? "is" : "are") + " in the training part too";
}

ShownClasses nnrt::shownClasses(const FieldSummary &field, size_t most) {
  ShownClasses shown{field.classes, 0, {}};
  if (shown.classes.size() <= most + 2)
    return shown;
  std::stable_sort(shown.classes.begin(), shown.classes.end(),
                   [](const ClassCount &a, const ClassCount &b) { return a.total() > b.total(); });
  shown.others = int64_t(shown.classes.size() - most);
  shown.otherCounts.resize(shown.classes[0].counts.size());
  for (size_t i = most; i < shown.classes.size(); ++i)
    for (size_t part = 0; part < shown.otherCounts.size(); ++part)
      shown.otherCounts[part] += shown.classes[i].counts[part];
  shown.classes.resize(most);
  return shown;
}
