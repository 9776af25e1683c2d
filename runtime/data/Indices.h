// An ascending list of record numbers, a bit each: what a part of a data set has of its source. Ten million
// records take a megabyte, where a list of numbers would take as much as the records of a narrow table.
#ifndef NN_RUNTIME_DATA_INDICES_H
#define NN_RUNTIME_DATA_INDICES_H

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <vector>

namespace nnrt {

class Indices {
public:
  Indices() = default;
  Indices(std::initializer_list<int64_t> ascending);
  // [0, count)
  static Indices all(int64_t count);

  // Greater than all before it.
  void push_back(int64_t record);

  int64_t size() const { return count; }
  bool empty() const { return count == 0; }
  // The record at this place, 0 <= place < size().
  int64_t operator[](int64_t place) const;
  bool contains(int64_t record) const;
  friend bool operator==(const Indices &a, const Indices &b) { return a.words == b.words; }
  friend bool operator!=(const Indices &a, const Indices &b) { return !(a == b); }

  class Iterator {
  public:
    Iterator(const std::vector<uint64_t> &words, size_t word) : words(&words), word(word) {
      rest = word < words.size() ? words[word] : 0;
      skipEmpty();
    }
    int64_t operator*() const { return int64_t(word) * 64 + __builtin_ctzll(rest); }
    Iterator &operator++() {
      rest &= rest - 1;
      skipEmpty();
      return *this;
    }
    bool operator!=(const Iterator &other) const { return word != other.word || rest != other.rest; }
    bool operator==(const Iterator &other) const { return !(*this != other); }
    // For the algorithms of the library.
    using value_type = int64_t;
    using difference_type = int64_t;
    using pointer = const int64_t *;
    using reference = int64_t;
    using iterator_category = std::input_iterator_tag;
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }

  private:
    void skipEmpty() {
      while (rest == 0 && word < words->size())
        rest = ++word < words->size() ? (*words)[word] : 0;
    }
    const std::vector<uint64_t> *words;
    size_t word;
    uint64_t rest; // of the word, bits not passed yet
  };
  Iterator begin() const { return Iterator(words, 0); }
  Iterator end() const { return Iterator(words, words.size()); }

private:
  static constexpr size_t wordsPerGroup = 8;

  std::vector<uint64_t> words; // the last one is not empty
  std::vector<int64_t> before; // how many there are before each group of words
  int64_t count = 0;
};

} // namespace nnrt

#endif
