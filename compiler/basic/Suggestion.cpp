// Optimal string alignment distance: Levenshtein's, where swapping two neighbours is one edit.
#include "compiler/basic/Suggestion.h"
#include <algorithm>
#include <cctype>

namespace nn {

namespace {

// Longer names are never a slip of the pen away from another, and the cost is quadratic.
constexpr size_t longestName = 64;

unsigned editDistance(std::string_view a, std::string_view b) {
  std::vector<std::vector<unsigned>> d(a.size() + 1, std::vector<unsigned>(b.size() + 1));
  for (unsigned i = 0; i <= a.size(); ++i)
    d[i][0] = i;
  for (unsigned j = 0; j <= b.size(); ++j)
    d[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i)
    for (size_t j = 1; j <= b.size(); ++j) {
      unsigned replaced = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char &c : result)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

} // namespace

std::string closest(std::string_view name, const std::vector<std::string> &candidates) {
  if (name.size() > longestName)
    return "";
  std::string wanted = lower(name), best;
  unsigned bestDistance = static_cast<unsigned>(std::max<size_t>(1, name.size() / 3)) + 1;
  for (const std::string &candidate : candidates) {
    if (candidate.size() > longestName || candidate == name)
      continue;
    unsigned distance = editDistance(wanted, lower(candidate));
    // One edit turns any one-letter name into any other: that is no suggestion.
    if (distance < bestDistance && distance < std::max(wanted.size(), candidate.size())) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

} // namespace nn
