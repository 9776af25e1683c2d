// `vocabulary`: the class of a character is its place among those of the training part, in the order of their
// code points. With `unknown`, the last class is that of every other character.
#ifndef NN_RUNTIME_DATA_VOCABULARY_H
#define NN_RUNTIME_DATA_VOCABULARY_H

#include "runtime/data/Split.h"

namespace nnrt {

struct Vocabulary {
  std::vector<double> characters; // code points, ascending
  bool hasUnknown = false;

  bool contains(double character) const;
  double apply(double character) const;
};

// Learns the characters of all columns in these records: the classes that the program declares must be as
// many.
Status fitVocabulary(Vocabulary &vocabulary, const Table &table, const Indices &records,
                     const std::string &field);
// Without a class for them, characters that the training part lacks are refused.
Status checkCharacters(const Vocabulary &vocabulary, const Column &column, const Indices &records);

} // namespace nnrt

#endif
