// Classes that their source has names for: the words of a text, the folders of pictures, parts of the names
// of recordings. Records have places in a dictionary; which class a name is, the training part decides, and
// the weights file keeps it.
#ifndef NN_RUNTIME_DATA_NAMEDCLASSES_H
#define NN_RUNTIME_DATA_NAMEDCLASSES_H

#include "runtime/abi/Program.h"
#include "runtime/data/Split.h"

#include <optional>
#include <string_view>
#include <unordered_map>

namespace nnrt {

// A dictionary in the order in which its texts come.
class DictionaryWriter {
public:
  DictionaryWriter();
  // `at`: where in the file, kept for a text that is new.
  int64_t placeOf(std::string_view text, int64_t at);
  std::shared_ptr<const Dictionary> finish() { return std::move(dictionary); }

private:
  std::shared_ptr<Dictionary> dictionary;
  std::unordered_map<std::string, int64_t> places;
};

// A column of one name a record. Its dictionary is sorted, so that places are in the order of the names; its
// lines are records.
Column namedColumn(const std::string &origin, const std::vector<std::string> &names);

class NamedClasses {
public:
  // Nothing for a field whose classes are numbers, or characters.
  static std::optional<NamedClasses> of(const nn_field &field);

  // Names are all of the source that the training part is of, in their order. Words are those of these
  // records in all columns; with a class for unknown words the most frequent ones that there are classes for,
  // of equally frequent ones the first in the order of their characters.
  Status fit(const Table &table, size_t column, const Indices &records);
  // The class of each text of a dictionary, -1 without one.
  std::vector<int64_t> classesOf(const Dictionary &dictionary) const;
  // Whether there is a class for each of these records.
  Status check(const Column &column, const Indices &records) const;

  // What the weights file calls them.
  const char *name() const { return areWords ? "vocabulary" : "names"; }
  std::vector<double> stored; // texts, see StoredTexts.h

private:
  Status fitWords(const Table &table, const Indices &records);
  Status fitNames(const Column &column);
  Error unknownName(const Column &column, int64_t place) const;

  std::string field;
  int64_t declared = 0; // without that of unknown ones
  bool hasUnknown = false, areWords = false;
  bool isRead = false; // by some entry of the program: else no record needs a class
};

} // namespace nnrt

#endif
