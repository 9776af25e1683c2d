// Code points are whole numbers, so that a double holds them exactly.
#include "runtime/data/Vocabulary.h"
#include "runtime/data/Characters.h"

#include <algorithm>
#include <set>

using namespace nnrt;

bool Vocabulary::contains(double character) const {
  return std::binary_search(characters.begin(), characters.end(), character);
}

double Vocabulary::apply(double character) const {
  auto place = std::lower_bound(characters.begin(), characters.end(), character);
  bool found = place != characters.end() && *place == character;
  return double((found ? place : characters.end()) - characters.begin());
}

Status nnrt::fitVocabulary(Vocabulary &vocabulary, const Table &table, const Indices &records,
                           const std::string &field) {
  std::set<double> found;
  for (const Column &column : table.columns)
    for (int64_t record : records)
      for (int64_t i = 0; i < column.width; ++i)
        found.insert(column.at(record, i));
  size_t expected = vocabulary.characters.size();
  if (found.size() != expected)
    return dataError("`" + table.columns[0].origin + "` has " + std::to_string(found.size()) +
                     " different characters in its training part, field `" + field + "` expects " +
                     std::to_string(expected) + (vocabulary.hasUnknown ? " and a class for all others" : ""));
  vocabulary.characters.assign(found.begin(), found.end());
  return Done{};
}

Status nnrt::checkCharacters(const Vocabulary &vocabulary, const Column &column, const Indices &records) {
  if (vocabulary.hasUnknown)
    return Done{};
  for (int64_t record : records)
    for (int64_t i = 0; i < column.width; ++i)
      if (!vocabulary.contains(column.at(record, i)))
        return dataError(
            "`" + column.origin + "`: the character " + characterText(uint32_t(column.at(record, i))) +
            " is not in the training part; `text(…, unknown: true)` gives such characters a class");
  return Done{};
}
