#include "runtime/data/table/Categories.h"
#include "runtime/base/Text.h"
#include "runtime/data/StoredTexts.h"
#include "runtime/data/ValueStep.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <unordered_map>

using namespace nnrt;

namespace {

void sortTexts(std::vector<std::string> &texts) {
  bool areNumbers =
      std::all_of(texts.begin(), texts.end(), [](auto &text) { return bool(parseNumber(text)); });
  std::sort(texts.begin(), texts.end(), [&](const std::string &a, const std::string &b) {
    double left = areNumbers ? *parseNumber(a) : 0, right = areNumbers ? *parseNumber(b) : 0;
    return left != right ? left < right : a < b;
  });
}

} // namespace

Result<Categories> Categories::of(const nn_field &field) {
  Categories categories;
  categories.declared = field.categories;
  categories.hasUnknown = field.has_unknown;
  categories.field = field.name;
  for (uint32_t i = 0; i < field.step_count; ++i) {
    const nn_call &step = field.steps[i];
    if (strcmp(step.name, "missing") != 0)
      continue;
    const nn_value *by = argumentOf(step, "by"), *constant = argumentOf(step, "constant");
    if (constant)
      categories.constant = constant->text ? constant->text : shortest(constant->number);
    std::string word = by ? by->text : "";
    categories.fillsMode = word == "mode";
    if (!constant && !categories.fillsMode && word != "drop" && word != "forward")
      return dataError("`missing` of a category takes `mode`, `drop`, `forward` or `constant: \"…\"`");
  }
  return categories;
}

// The text of a cell; of a missing one, its fill.
std::string Categories::filled(const Column &column, int64_t place, const std::string &fill) const {
  return place == missingText ? fill : column.dictionary->texts[size_t(place)];
}

Status Categories::fit(const Column &column, const Indices &records) {
  std::vector<int64_t> counts(column.dictionary->texts.size());
  for (int64_t record : records)
    for (int64_t i = 0; i < column.width; ++i)
      ++counts[size_t(column.at(record, i))];
  std::string fill = constant;
  if (fillsMode) {
    int64_t best = 0;
    for (size_t place = 1; place < counts.size(); ++place) {
      bool isFirst = best == 0 || column.dictionary->texts[place] < column.dictionary->texts[size_t(best)];
      if (counts[place] > (best ? counts[size_t(best)] : 0) ||
          (counts[place] == counts[size_t(best)] && counts[place] > 0 && isFirst))
        best = int64_t(place);
    }
    if (best == 0)
      return dataError("`" + column.origin + "`: no value of column `" + field +
                       "` is there to fit `missing(mode)`: every cell of the training part is missing");
    fill = column.dictionary->texts[size_t(best)];
    mode = toStored({fill});
  }
  std::vector<std::string> texts;
  for (size_t place = 0; place < counts.size(); ++place)
    if (std::string text = filled(column, int64_t(place), fill); counts[place] && !text.empty())
      texts.push_back(text);
  sortTexts(texts);
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  if (int64_t(texts.size()) > declared) {
    std::string list;
    for (size_t i = 0; i < texts.size() && i < 8; ++i)
      list += (i ? ", " : "") + shownCell(texts[i]);
    return dataError("`" + column.origin + "`: column `" + field + "` has " + std::to_string(texts.size()) +
                     " different cells in the training part, the program declares category(" +
                     std::to_string(declared) + "): " + list + (texts.size() > 8 ? ", …" : ""));
  }
  stored = toStored(texts);
  return Done{};
}

std::vector<int64_t> Categories::classesOf(const Column &column) const {
  std::unordered_map<std::string, int64_t> classes;
  for (const std::string &text : fromStored(stored))
    classes.emplace(text, int64_t(classes.size()));
  std::string fill = constant;
  if (fillsMode)
    if (auto texts = fromStored(mode); !texts.empty())
      fill = texts[0];
  std::vector<int64_t> result;
  for (size_t place = 0; place < column.dictionary->texts.size(); ++place) {
    auto found = classes.find(filled(column, int64_t(place), fill));
    result.push_back(found != classes.end() ? found->second : hasUnknown ? declared : -1);
  }
  return result;
}

std::optional<int64_t> Categories::unknownIn(const Column &column, const Indices &records) const {
  std::vector<int64_t> classes = classesOf(column);
  for (int64_t record : records)
    for (int64_t i = 0; i < column.width; ++i)
      if (auto place = int64_t(column.at(record, i)); classes[size_t(place)] < 0 && place != missingText)
        return place;
  return std::nullopt;
}
