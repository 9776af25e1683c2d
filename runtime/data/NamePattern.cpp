// Two names without a text between them could be cut anywhere, so they are refused.
#include "runtime/data/NamePattern.h"
#include "runtime/base/Text.h"

#include <algorithm>

using namespace nnrt;

namespace {

// The last `folders + 1` components of a path.
std::optional<std::string_view> tailOf(std::string_view path, size_t folders) {
  size_t begin = path.size();
  for (size_t left = folders + 1; left > 0; --left) {
    size_t slash = begin == 0 ? std::string_view::npos : path.rfind('/', begin - 1);
    if (slash == std::string_view::npos)
      return left == 1 ? std::optional(path) : std::nullopt;
    begin = slash;
  }
  return path.substr(begin + 1);
}

std::optional<NamePattern::Range> rangeOf(std::string_view text) {
  size_t dash = text.find('-');
  if (dash == std::string_view::npos)
    return std::nullopt;
  auto low = parseInteger(text.substr(0, dash)), high = parseInteger(text.substr(dash + 1));
  if (!low || !high || *low < 0 || *high < *low)
    return std::nullopt;
  return NamePattern::Range{*low, *high};
}

Error badPattern(std::string_view pattern, const std::string &what) {
  return dataError("the pattern `" + std::string(pattern) + "` " + what);
}

} // namespace

Result<NamePattern> NamePattern::of(std::string_view pattern) {
  NamePattern result;
  result.folders = size_t(std::count(pattern.begin(), pattern.end(), '/'));
  std::string_view rest = pattern;
  for (size_t open; (open = rest.find('{')) != std::string_view::npos;) {
    size_t close = rest.find('}', open);
    if (close == std::string_view::npos || close == open + 1)
      return badPattern(pattern, "has a `{` without a name and a `}` behind it");
    if (open == 0 && !result.parts.empty())
      return badPattern(pattern, "has no text between two names");
    std::string name(rest.substr(open + 1, close - open - 1));
    std::optional<Range> range;
    if (size_t colon = name.find(':'); colon != std::string::npos) {
      if (!(range = rangeOf(std::string_view(name).substr(colon + 1))))
        return badPattern(pattern, "has a range that is not written as `{index:0-4}`");
      name.resize(colon);
    }
    if (name.empty() || name.find_first_of("{/") != std::string::npos)
      return badPattern(pattern, "has a `{` without a name and a `}` behind it");
    if (std::find(result.parts.begin(), result.parts.end(), name) != result.parts.end())
      return badPattern(pattern, "names `" + name + "` twice");
    result.literals.emplace_back(rest.substr(0, open));
    result.parts.push_back(std::move(name));
    result.ranges.push_back(range);
    rest.remove_prefix(close + 1);
  }
  if (result.parts.empty())
    return badPattern(pattern, "names nothing: write it as `{label}.wav`");
  result.literals.emplace_back(rest);
  return result;
}

std::optional<std::vector<std::string>> NamePattern::match(std::string_view path) const {
  std::optional<std::string_view> tail = tailOf(path, folders);
  if (!tail || tail->substr(0, literals[0].size()) != literals[0])
    return std::nullopt;
  std::string_view rest = tail->substr(literals[0].size());
  std::vector<std::string> texts;
  for (size_t i = 1; i < literals.size(); ++i) {
    const std::string &literal = literals[i];
    bool isLast = i + 1 == literals.size();
    if (isLast && rest.size() <= literal.size())
      return std::nullopt;
    size_t end = isLast ? rest.size() - literal.size() : rest.find(literal, 1);
    if (end == std::string_view::npos || rest.substr(end, literal.size()) != literal)
      return std::nullopt;
    texts.emplace_back(rest.substr(0, end));
    if (texts.back().find('/') != std::string::npos)
      return std::nullopt;
    rest.remove_prefix(end + literal.size());
  }
  return texts;
}

bool NamePattern::isWithin(const std::vector<std::string> &texts) const {
  for (size_t i = 0; i < texts.size(); ++i)
    if (ranges[i]) {
      std::optional<int64_t> number = parseInteger(texts[i]);
      if (!number || *number < ranges[i]->low || *number > ranges[i]->high)
        return false;
    }
  return true;
}
