#include "runtime/data/report/Html.h"
#include "runtime/base/TableText.h"
#include "runtime/base/Text.h"
#include "runtime/data/report/Format.h"

using namespace nnrt;

namespace {

constexpr double chartWidth = 320, chartHeight = 90;
constexpr double letterWidth = 7, barWidth = 260, barHeight = 16;
constexpr size_t mostBars = 20, longestBarName = 18;

std::string rectangle(double x, double y, double width, double height, const std::string &kind,
                      const std::string &title) {
  return "<rect class=\"" + kind + "\" x=\"" + fourDigits(x) + "\" y=\"" + fourDigits(y) + "\" width=\"" +
         fourDigits(width) + "\" height=\"" + fourDigits(height) + "\"><title>" + escaped(title) +
         "</title></rect>";
}

std::string textAt(double x, double y, const char *anchor, const std::string &text) {
  return "<text x=\"" + fourDigits(x) + "\" y=\"" + fourDigits(y) + "\" text-anchor=\"" + anchor + "\">" +
         escaped(text) + "</text>";
}

std::string svg(double width, double height, const std::string &content) {
  return "<svg width=\"" + fourDigits(width) + "\" height=\"" + fourDigits(height) + "\" role=\"img\">" +
         content + "</svg>";
}

std::string barOf(const DataSummary &summary, const std::string &name, const std::vector<int64_t> &counts,
                  double nameWidth, double y, double perRecord) {
  std::string bar = textAt(nameWidth - 6, y + 12, "end", clipped(name, longestBarName));
  double x = nameWidth;
  int64_t total = 0;
  for (size_t part = 0; part < counts.size(); ++part) {
    double width = double(counts[part]) * perRecord;
    const std::string &partName = summary.parts[part].first;
    if (counts[part])
      bar += rectangle(x, y, width, barHeight - 3, partName,
                       name + ", " + partName + ": " + grouped(counts[part]));
    x += width;
    total += counts[part];
  }
  return bar + textAt(x + 4, y + 12, "start", grouped(total));
}

} // namespace

std::string nnrt::escaped(const std::string &text) {
  std::string safe;
  for (char byte : text)
    switch (byte) {
    case '&':
      safe += "&amp;";
      break;
    case '<':
      safe += "&lt;";
      break;
    case '>':
      safe += "&gt;";
      break;
    case '"':
      safe += "&quot;";
      break;
    case '\'':
      safe += "&#39;";
      break;
    default:
      safe += uint8_t(byte) < 32 || byte == 127 ? ' ' : byte;
    }
  return safe;
}

std::string nnrt::base64(const std::string &bytes) {
  constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    size_t have = std::min<size_t>(3, bytes.size() - i);
    uint32_t group = 0;
    for (size_t k = 0; k < 3; ++k)
      group = group << 8 | (k < have ? uint8_t(bytes[i + k]) : 0);
    for (size_t k = 0; k < 4; ++k)
      text += k <= have ? letters[group >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

std::string nnrt::histogramSvg(const FieldSummary &field) {
  const Numbers &numbers = *field.numbers;
  size_t count = numbers.histogram.size();
  double most = double(*std::max_element(numbers.histogram.begin(), numbers.histogram.end()));
  double width = chartWidth / double(count);
  std::string content;
  for (size_t i = 0; i < count; ++i) {
    double low = numbers.smallest + double(i) * numbers.binWidth;
    double height = chartHeight * double(numbers.histogram[i]) / most;
    std::string title = "from " + valueText(field, low) + " to " +
                        valueText(field, i + 1 == count ? numbers.largest : low + numbers.binWidth) + ": " +
                        grouped(numbers.histogram[i]);
    if (numbers.histogram[i]) // which is seen, however few
      height = std::max(height, 1.0);
    if (numbers.histogram[i])
      content +=
          rectangle(double(i) * width, chartHeight - height, std::max(width - 1, 1.0), height, "bar", title);
  }
  content += textAt(0, chartHeight + 14, "start", valueText(field, numbers.smallest)) +
             textAt(chartWidth, chartHeight + 14, "end", valueText(field, numbers.largest));
  return svg(chartWidth, chartHeight + 18, content);
}

std::string nnrt::classBars(const DataSummary &summary, const FieldSummary &field) {
  ShownClasses shown = shownClasses(field, mostBars);
  int64_t most = 1, others = 0;
  const std::string otherName = grouped(shown.others) + " others";
  size_t longest = shown.others ? otherName.size() : 1;
  for (const ClassCount &one : shown.classes) {
    most = std::max(most, one.total());
    longest = std::max(longest, lengthOf(clipped(one.text, longestBarName)));
  }
  double nameWidth = letterWidth * double(longest) + 8;
  for (int64_t count : shown.otherCounts)
    others += count;
  most = std::max(most, others);
  double perRecord = barWidth / double(most), y = 0;
  std::string content;
  for (const ClassCount &one : shown.classes) {
    content += barOf(summary, one.text, one.counts, nameWidth, y, perRecord);
    y += barHeight;
  }
  if (shown.others) {
    content += barOf(summary, otherName, shown.otherCounts, nameWidth, y, perRecord);
    y += barHeight;
  }
  return svg(nameWidth + barWidth + 80, y, content);
}
