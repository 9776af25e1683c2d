#include "runtime/data/table/Duplicates.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <tuple>

using namespace nnrt;

namespace {

// One lane of multiply and fold, as in wyhash (Wang Yi), and one polynomial over it.
uint64_t fold(uint64_t a, uint64_t b) {
  unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  return uint64_t(product) ^ uint64_t(product >> 64);
}

} // namespace

void Duplicates::add(const double *values, int64_t width) {
  for (Print &print : pending)
    for (int64_t i = 0; i < width; ++i) {
      uint64_t bits;
      double value = *values++ + 0.0; // one zero; the NaN of a missing cell is always the same
      memcpy(&bits, &value, sizeof bits);
      print.low = fold(print.low ^ bits ^ 0xa0761d6478bd642f, 0xe7037ed1a0b428db);
      print.high = (print.high + bits) * 0x589965cc75374cc3 + (print.low >> 32);
    }
}

Status Duplicates::end() {
  return prints.append(reinterpret_cast<const uint8_t *>(pending.data()), int64_t(pending.size()));
}

namespace {

// A set of many random numbers that has, by chance, one in sixteen more: they share bits.
class RoughSet {
public:
  explicit RoughSet(size_t numbers) {
    while (mask < 16 * numbers)
      mask = 2 * mask + 1;
    bits.resize(mask / 64 + 1);
  }
  bool has(uint64_t number) const { return bits[(number & mask) / 64] >> number % 64 & 1; }
  void add(uint64_t number) { bits[(number & mask) / 64] |= uint64_t(1) << number % 64; }

private:
  uint64_t mask = 63;
  std::vector<uint64_t> bits;
};

} // namespace

template <class Use>
void Duplicates::forEach(const Column &prints, uint64_t part, uint64_t parts, const Use &use) {
  for (int64_t place = 0; place < prints.records();)
    place += prints.visitRun(place, [&](const auto *bytes, int64_t count) {
      Row row;
      for (row.place = place; row.place < place + count; ++row.place, bytes += sizeof row.print) {
        memcpy(static_cast<void *>(&row.print), bytes, sizeof row.print);
        if ((row.print.low >> 32) * parts >> 32 == part)
          use(row);
      }
    });
}

// Equal rows are in one part. Most rows are there once, and only the others are compared.
void Duplicates::markIn(const Column &prints, uint64_t part, uint64_t parts, std::vector<bool> &leaves) {
  RoughSet seen(leaves.size() / parts), again(leaves.size() / parts);
  forEach(prints, part, parts, [&](const Row &row) {
    if (seen.has(row.print.low))
      again.add(row.print.low);
    seen.add(row.print.low);
  });
  std::vector<Row> rows;
  forEach(prints, part, parts, [&](const Row &row) {
    if (again.has(row.print.low))
      rows.push_back(row);
  });
  auto order = [](const Row &row) { return std::tie(row.print.low, row.print.high, row.place); };
  std::sort(rows.begin(), rows.end(), [&](const Row &a, const Row &b) { return order(a) < order(b); });
  for (size_t i = 1; i < rows.size(); ++i)
    if (rows[i].print.low == rows[i - 1].print.low && rows[i].print.high == rows[i - 1].print.high)
      leaves[size_t(rows[i].place)] = true;
}

Result<Table> Duplicates::resolve(Table table, const nn_data &data, bool maySay) {
  NNRT_ASSIGN(Column rows, prints.finish());
  std::vector<bool> leaves(size_t(rows.records()));
  uint64_t most = spillsRecords() ? windowBytes() / (2 * sizeof(Row)) : UINT64_MAX;
  uint64_t parts = 1 + leaves.size() / most;
  for (uint64_t part = 0; part < parts; ++part)
    markIn(rows, part, parts, leaves);
  rows = Column();
  int64_t count = std::count(leaves.begin(), leaves.end(), true);
  if (count == 0 || !maySay)
    return table;
  const char *what = data.drops_duplicates ? "left out" : "kept (`duplicates = drop` leaves them out)";
  fprintf(stderr, "`%s`: %lld row%s the same as one before, %s\n", table.columns[0].origin.c_str(),
          static_cast<long long>(count), count == 1 ? " is" : "s are", what);
  if (!data.drops_duplicates)
    return table;
  uint64_t tableBytes = 0;
  for (const Column &column : table.columns)
    tableBytes += column.recordBytes();
  for (Column &column : table.columns)
    if (column.width) {
      NNRT_ASSIGN(column, keptRecords(column, leaves, tableBytes));
    }
  table.records -= count;
  return table;
}
