#include "runtime/data/table/Duplicates.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <tuple>

using namespace nnrt;

namespace {

// Two lanes of multiply and fold, as in wyhash (Wang Yi), with keys of their own.
uint64_t fold(uint64_t a, uint64_t b) {
  unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  return uint64_t(product) ^ uint64_t(product >> 64);
}

template <class T>
std::vector<T> without(std::vector<T> values, int64_t width, const std::vector<bool> &leaves) {
  size_t to = 0;
  for (size_t row = 0; row < leaves.size(); ++row)
    if (!leaves[row])
      for (int64_t i = 0; i < width; ++i)
        values[to++] = values[row * size_t(width) + size_t(i)];
  values.resize(to);
  return values;
}

template <class T> Spilled<T> without(const Spilled<T> &, int64_t, const std::vector<bool> &) {
  throw std::logic_error("rows of a table are on disk");
}

} // namespace

void Duplicates::add(const std::vector<double> &values) {
  for (double value : values) {
    uint64_t bits;
    value = std::isnan(value) ? NAN : value + 0.0; // one NaN, one zero
    memcpy(&bits, &value, sizeof bits);
    low = fold(low ^ bits ^ 0xa0761d6478bd642f, 0xe7037ed1a0b428db);
    high = fold(high ^ bits ^ 0x8ebc6af09c88c6e3, 0x589965cc75374cc3);
  }
}

Table Duplicates::resolve(Table table, const nn_data &data, bool maySay) {
  std::sort(rows.begin(), rows.end(), [](const Row &a, const Row &b) {
    return std::tie(a.low, a.high, a.place) < std::tie(b.low, b.high, b.place);
  });
  std::vector<bool> leaves(rows.size());
  int64_t count = 0;
  for (size_t i = 1; i < rows.size(); ++i)
    if (rows[i].low == rows[i - 1].low && rows[i].high == rows[i - 1].high) {
      leaves[size_t(rows[i].place)] = true;
      ++count;
    }
  if (count == 0 || !maySay)
    return table;
  const char *what = data.drops_duplicates ? "left out" : "kept (`duplicates = drop` leaves them out)";
  fprintf(stderr, "`%s`: %lld row%s the same as one before, %s\n", table.columns[0].origin.c_str(),
          static_cast<long long>(count), count == 1 ? " is" : "s are", what);
  if (!data.drops_duplicates)
    return table;
  for (Column &column : table.columns)
    if (column.width)
      std::visit([&](auto &values) { values = without(std::move(values), column.width, leaves); },
                 column.values);
  table.records -= count;
  return table;
}
