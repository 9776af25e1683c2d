// The separator is the sign that comes equally often in each of the first lines. Signs that text and numbers
// seldom hold are asked first; a blank, which text is full of, last.
#include "runtime/data/Csv.h"

#include <algorithm>

using namespace nnrt;

namespace {

constexpr size_t mostLines = 20;
constexpr char candidates[] = {'\t', ';', '|', ',', ' '};

// How often the sign comes outside of quotes; blanks in a row are one, and at the ends of the line none.
int64_t countIn(std::string_view line, char sign) {
  while (sign == ' ' && !line.empty() && line.front() == ' ')
    line.remove_prefix(1);
  while (sign == ' ' && !line.empty() && line.back() == ' ')
    line.remove_suffix(1);
  int64_t count = 0;
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    quoted ^= line[i] == '"';
    count += !quoted && line[i] == sign && !(sign == ' ' && line[i - 1] == ' ');
  }
  return count;
}

// Lines that are whole, without those that are blank or comments; a quoted line end does not end one.
std::vector<std::string_view> firstLines(std::string_view text, const std::string &comment) {
  std::vector<std::string_view> lines;
  size_t begin = 0;
  bool quoted = false;
  for (size_t i = 0; i <= text.size() && lines.size() < mostLines; ++i) {
    bool ends = i == text.size() || (!quoted && (text[i] == '\n' || text[i] == '\r'));
    if (!ends) {
      quoted ^= text[i] == '"';
      continue;
    }
    std::string_view line = text.substr(begin, i - begin);
    begin = i + 1;
    bool isComment = !comment.empty() && line.substr(0, comment.size()) == comment;
    bool isCut = i == text.size() && !lines.empty();
    if (!line.empty() && !isComment && !isCut)
      lines.push_back(line);
  }
  return lines;
}

} // namespace

char nnrt::detectSeparator(std::string_view text, const std::string &comment) {
  std::vector<std::string_view> lines = firstLines(text, comment);
  char best = ',';
  int64_t mostAgree = 0;
  for (char sign : candidates) {
    std::vector<int64_t> counts;
    for (std::string_view line : lines)
      counts.push_back(countIn(line, sign));
    std::vector<int64_t> sorted = counts;
    std::sort(sorted.begin(), sorted.end());
    int64_t usual = sorted.empty() ? 0 : sorted[sorted.size() / 2];
    int64_t agree = usual > 0 ? std::count(counts.begin(), counts.end(), usual) : 0;
    // Sentences have blanks too: they separate only where nothing else does, and always as often.
    if (sign == ' ' && (mostAgree > 0 || agree < int64_t(lines.size())))
      continue;
    if (agree > mostAgree) {
      mostAgree = agree;
      best = sign;
    }
  }
  return best;
}
