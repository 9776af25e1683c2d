#include "runtime/data/NamedClasses.h"
#include "runtime/base/Text.h"
#include "runtime/data/Arguments.h"
#include "runtime/data/StoredTexts.h"

#include <algorithm>
#include <cstring>
#include <map>

using namespace nnrt;

namespace {

// Bytes of UTF-8 are in the order of the code points that they stand for.
using Counts = std::map<std::string_view, int64_t>;

Counts countWords(const Table &table, const Indices &records) {
  Counts counts;
  for (const Column &column : table.columns) {
    if (!column.dictionary)
      continue;
    std::vector<int64_t> times(column.dictionary->texts.size());
    for (int64_t record : records)
      column.visit(record, [&](const auto *places) {
        for (int64_t i = 0; i < column.width; ++i)
          ++times[size_t(places[i])];
      });
    for (size_t place = 0; place < times.size(); ++place)
      if (times[place])
        counts[column.dictionary->texts[place]] += times[place];
  }
  return counts;
}

std::vector<std::string> mostFrequent(const Counts &counts, size_t most) {
  std::vector<std::pair<std::string_view, int64_t>> all(counts.begin(), counts.end());
  std::stable_sort(all.begin(), all.end(), [](auto &a, auto &b) { return a.second > b.second; });
  all.resize(std::min(all.size(), most));
  std::vector<std::string> words;
  for (auto &[word, count] : all)
    words.emplace_back(word);
  std::sort(words.begin(), words.end());
  return words;
}

std::string listed(const std::vector<std::string> &names) {
  constexpr size_t most = 8;
  std::string list;
  for (size_t i = 0; i < names.size() && i < most; ++i)
    list += (i ? ", " : "") + shownCell(names[i]);
  return list + (names.size() > most ? ", …" : "");
}

} // namespace

DictionaryWriter::DictionaryWriter() : dictionary(std::make_shared<Dictionary>()) {
  dictionary->texts.emplace_back(); // at missingText
  dictionary->lines.push_back(0);
}

int64_t DictionaryWriter::placeOf(std::string_view text, int64_t at) {
  auto [place, isNew] = places.try_emplace(std::string(text), int64_t(dictionary->texts.size()));
  if (isNew) {
    dictionary->texts.emplace_back(text);
    dictionary->lines.push_back(at);
  }
  return place->second;
}

Column nnrt::namedColumn(const std::string &origin, const std::vector<std::string> &names) {
  std::map<std::string_view, int64_t> firsts; // records
  for (size_t i = names.size(); i-- > 0;)
    firsts[names[i]] = int64_t(i);
  DictionaryWriter dictionary;
  for (auto [name, record] : firsts)
    dictionary.placeOf(name, record + 1);
  Doubles places;
  for (size_t i = 0; i < names.size(); ++i)
    places.push_back(double(dictionary.placeOf(names[i], int64_t(i))));
  Column column{origin, {}, 1, std::move(places)};
  column.dictionary = dictionary.finish();
  return column;
}

std::optional<NamedClasses> NamedClasses::of(const nn_field &field) {
  for (uint32_t i = 0; i < field.step_count; ++i) {
    const nn_call &step = field.steps[i];
    const nn_value *by = argumentOf(step, "by"), *unknown = argumentOf(step, "unknown");
    bool areWords = !strcmp(step.name, "vocabulary") && by && by->text && !strcmp(by->text, "words");
    if (!areWords && strcmp(step.name, "names") != 0)
      continue;
    NamedClasses classes;
    classes.field = field.name;
    classes.hasUnknown = unknown && unknown->number != 0;
    classes.declared = field.classes - classes.hasUnknown;
    classes.areWords = areWords;
    classes.isRead = field.input.bytes > 0;
    return classes;
  }
  return std::nullopt;
}

Status NamedClasses::fit(const Table &table, size_t column, const Indices &records) {
  return areWords ? fitWords(table, records) : fitNames(table.columns[column]);
}

Status NamedClasses::fitWords(const Table &table, const Indices &records) {
  Counts counts = countWords(table, records);
  auto count = int64_t(counts.size());
  std::string what = "`" + table.columns[0].origin + "` has " + std::to_string(count) +
                     " different words in its training part, field `" + field + "` expects " +
                     std::to_string(declared);
  if (count < declared && hasUnknown)
    return dataError(what + " and a class for all others");
  if (count != declared && !hasUnknown)
    return dataError(what + (count > declared ? "; `text(…, by: words, unknown: true)` keeps the most "
                                                "frequent and gives the others a class"
                                              : ""));
  stored = toStored(mostFrequent(counts, size_t(declared)));
  return Done{};
}

Status NamedClasses::fitNames(const Column &column) {
  if (!column.dictionary)
    return dataError("`" + column.origin + "` has no names for field `" + field + "`");
  std::vector<std::string> names(column.dictionary->texts.begin() + missingText + 1,
                                 column.dictionary->texts.end());
  if (int64_t(names.size()) != declared)
    return dataError("`" + column.origin + "` has " + std::to_string(names.size()) +
                     " different names for field `" + field + "`, which has " + std::to_string(declared) +
                     " classes: " + listed(names));
  stored = toStored(names);
  return Done{};
}

std::vector<int64_t> NamedClasses::classesOf(const Dictionary &dictionary) const {
  std::unordered_map<std::string, int64_t> classes;
  for (const std::string &text : fromStored(stored))
    if (auto next = int64_t(classes.size()); next < declared)
      classes.emplace(text, next);
  std::vector<int64_t> result;
  for (const std::string &text : dictionary.texts) {
    auto found = classes.find(text);
    result.push_back(found != classes.end() ? found->second : hasUnknown ? declared : -1);
  }
  return result;
}

Error NamedClasses::unknownName(const Column &column, int64_t place) const {
  std::string at = std::to_string(column.dictionary->lines[size_t(place)]);
  std::string name = shownCell(column.dictionary->texts[size_t(place)]);
  if (areWords)
    return dataError("`" + column.origin + "`: word " + at + ", " + name +
                     ", is not in the training part; `text(…, by: words, unknown: true)` gives such words a "
                     "class");
  return dataError("`" + column.origin + "`: record " + at + ": " + name + " is no class of field `" + field +
                   "`, whose names in training were " + listed(fromStored(stored)));
}

Status NamedClasses::check(const Column &column, const Indices &records) const {
  if (!isRead)
    return Done{};
  if (!column.dictionary)
    return dataError("`" + column.origin + "` has numbers for field `" + field +
                     "`, whose classes had names in training");
  std::vector<int64_t> classes = classesOf(*column.dictionary);
  for (int64_t record : records) {
    int64_t bad = -1;
    column.visit(record, [&](const auto *places) {
      for (int64_t i = 0; i < column.width && bad < 0; ++i)
        if (classes[size_t(places[i])] < 0)
          bad = int64_t(places[i]);
    });
    if (bad >= 0)
      return unknownName(column, bad);
  }
  return Done{};
}
