// A fingerprint is made of values, not of how a table keeps them: one file's column may be bytes and the
// other's doubles, and each has a dictionary of its own.
#include "runtime/data/report/Repeats.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <tuple>

using namespace nnrt;

namespace {

// Two lanes of multiply and fold, as in wyhash (Wang Yi), with keys of their own.
uint64_t fold(uint64_t a, uint64_t b) {
  unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  return uint64_t(product) ^ uint64_t(product >> 64);
}

struct Fingerprint {
  uint64_t low = 0x243f6a8885a308d3, high = 0x13198a2e03707344;
  bool isTrain = false;

  void add(uint64_t bits) {
    low = fold(low ^ bits ^ 0xa0761d6478bd642f, 0xe7037ed1a0b428db);
    high = fold(high ^ bits ^ 0x8ebc6af09c88c6e3, 0x589965cc75374cc3);
  }
  void add(double value) {
    uint64_t bits;
    value = std::isnan(value) ? NAN : value + 0.0; // one NaN, one zero
    memcpy(&bits, &value, sizeof bits);
    add(bits);
  }
  bool equals(const Fingerprint &other) const { return low == other.low && high == other.high; }
};

uint64_t hashOf(const std::string &text) {
  Fingerprint print;
  for (char byte : text)
    print.add(uint64_t(uint8_t(byte)));
  return print.low;
}

// What stands for each place of a dictionary.
std::vector<uint64_t> hashesOf(const Column &column) {
  std::vector<uint64_t> hashes;
  if (column.dictionary)
    for (const std::string &text : column.dictionary->texts)
      hashes.push_back(hashOf(text));
  return hashes;
}

void addColumn(const Column &column, const Indices &records, std::vector<Fingerprint> &prints, size_t first) {
  std::vector<uint64_t> hashes = hashesOf(column);
  for (int64_t record : records) {
    Fingerprint &print = prints[first++];
    column.visit(record, [&](const auto *elements) {
      for (int64_t i = 0; i < column.width; ++i)
        if (hashes.empty())
          print.add(double(elements[i]));
        else
          print.add(hashes[size_t(elements[i])]);
    });
  }
}

} // namespace

Repeats nnrt::repeatsOf(const std::vector<Part> &parts) {
  std::vector<Fingerprint> prints;
  for (const Part &part : parts) {
    size_t first = prints.size();
    Fingerprint start;
    start.isTrain = part.name == SplitName::train;
    prints.resize(first + size_t(part.split.size()), start);
    for (const Column &column : part.split.table->columns)
      addColumn(column, part.split.records, prints, first);
  }
  // Those of the training part first among equal ones.
  std::sort(prints.begin(), prints.end(), [](const Fingerprint &a, const Fingerprint &b) {
    return std::make_tuple(a.low, a.high, !a.isTrain) < std::make_tuple(b.low, b.high, !b.isTrain);
  });
  Repeats repeats;
  bool isInTrain = false;
  for (size_t i = 0; i < prints.size(); ++i) {
    bool isRepeat = i > 0 && prints[i].equals(prints[i - 1]);
    isInTrain = isRepeat ? isInTrain : prints[i].isTrain;
    repeats.duplicates += isRepeat;
    repeats.leaked += isRepeat && isInTrain && !prints[i].isTrain;
  }
  return repeats;
}
