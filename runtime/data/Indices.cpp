// A place is found by bisection over the groups of words, then by counting bits.
#include "runtime/data/Indices.h"

#include <algorithm>

using namespace nnrt;

Indices::Indices(std::initializer_list<int64_t> ascending) {
  for (int64_t record : ascending)
    push_back(record);
}

Indices Indices::all(int64_t count) {
  Indices indices;
  indices.words.assign(size_t(count / 64), ~uint64_t(0));
  if (count % 64)
    indices.words.push_back((uint64_t(1) << (count % 64)) - 1);
  for (size_t word = 0; word < indices.words.size(); word += wordsPerGroup)
    indices.before.push_back(int64_t(word) * 64);
  indices.count = count;
  return indices;
}

void Indices::push_back(int64_t record) {
  size_t word = size_t(record / 64);
  if (word >= words.size())
    words.resize(word + 1);
  while (before.size() * wordsPerGroup < words.size())
    before.push_back(count);
  words[word] |= uint64_t(1) << (record % 64);
  ++count;
}

int64_t Indices::operator[](int64_t place) const {
  size_t group = size_t(std::upper_bound(before.begin(), before.end(), place) - before.begin()) - 1;
  int64_t left = place - before[group];
  size_t word = group * wordsPerGroup;
  for (int64_t here = 0; (here = __builtin_popcountll(words[word])) <= left; ++word)
    left -= here;
  uint64_t rest = words[word];
  for (; left > 0; --left)
    rest &= rest - 1;
  return int64_t(word) * 64 + __builtin_ctzll(rest);
}

bool Indices::contains(int64_t record) const {
  size_t word = size_t(record / 64);
  return record >= 0 && word < words.size() && (words[word] >> (record % 64) & 1);
}
