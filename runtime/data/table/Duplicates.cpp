#include "runtime/data/table/Duplicates.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <unordered_set>

using namespace nnrt;

namespace {

// Beside one another these have a block each in memory.
constexpr size_t mostParts = 32;

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

// Calls use(row) in the order of their places, which a column of prints alone has as its own.
template <class Use> Status Duplicates::forEach(const Column &rows, const Use &use) {
  bool hasPlaces = rows.width == sizeof(Row);
  Status used = Done{};
  for (int64_t at = 0; used && at < rows.records();)
    at += rows.visitRun(at, [&](const auto *bytes, int64_t count) {
      Row row;
      for (row.place = at; used && row.place < at + count; bytes += rows.width) {
        int64_t next = row.place + 1;
        memcpy(static_cast<void *>(&row), bytes, hasPlaces ? sizeof row : sizeof row.print);
        used = use(row);
        row.place = next;
      }
    });
  return used;
}

// Marks the rows whose print is among the first `most` that differ, and gives the others, equal ones
// together. Most rows are there once, and only those that a rough look does not tell apart are compared.
Result<std::vector<Column>> Duplicates::markFirst(const Column &rows, uint64_t key, size_t most,
                                                  std::vector<bool> &leaves) {
  size_t count = size_t(rows.records()), compared = std::min(count, most);
  RoughSet seen(compared), again(compared);
  NNRT_TRY(forEach(rows, [&](const Row &row) {
    if (seen.has(row.print.low))
      again.add(row.print.low);
    seen.add(row.print.low);
    return Status(Done{});
  }));
  std::unordered_set<Print, PrintHash> first;
  std::vector<ColumnWriter<uint8_t>> later;
  size_t parts = std::clamp<size_t>((count - compared) / most + 1, 2, mostParts);
  auto laterPart = [&](const Row &row) -> ColumnWriter<uint8_t> & {
    while (later.size() < parts)
      later.emplace_back("fingerprints", std::vector<int64_t>{int64_t(sizeof row)}, sizeof row);
    return later[(fold(row.print.low ^ key, 0x8ebc6af09c88c6e3) >> 32) * parts >> 32];
  };
  NNRT_TRY(forEach(rows, [&](const Row &row) {
    if (!again.has(row.print.low))
      return Status(Done{});
    if (first.count(row.print))
      leaves[size_t(row.place)] = true;
    else if (first.size() < most)
      first.insert(row.print);
    else
      return laterPart(row).append(reinterpret_cast<const uint8_t *>(&row));
    return Status(Done{});
  }));
  std::vector<Column> others;
  for (ColumnWriter<uint8_t> &part : later) {
    NNRT_ASSIGN(Column column, part.finish());
    others.push_back(std::move(column));
  }
  return others;
}

Status Duplicates::mark(Column rows, uint64_t key, size_t most, std::vector<bool> &leaves) {
  NNRT_ASSIGN(std::vector<Column> others, markFirst(rows, key, most, leaves));
  rows = Column();
  for (Column &part : others)
    NNRT_TRY(mark(std::move(part), key + 0x9e3779b97f4a7c15, most, leaves));
  return Done{};
}

Result<Table> Duplicates::resolve(Table table, const nn_data &data, bool maySay) {
  NNRT_ASSIGN(Column rows, prints.finish());
  std::vector<bool> leaves(size_t(rows.records()));
  size_t most = spillsRecords() ? std::max<size_t>(windowBytes() / (2 * sizeof(Row)), 1) : SIZE_MAX;
  NNRT_TRY(mark(std::move(rows), 0, most, leaves));
  int64_t count = std::count(leaves.begin(), leaves.end(), true);
  if (count == 0 || !maySay)
    return table;
  const char *what = data.drops_duplicates ? "left out"
                     : data.windows.name   ? "kept"
                                           : "kept (`duplicates = drop` leaves them out)";
  fprintf(stderr, "`%s`: %lld row%s the same as one before in the columns read, %s\n",
          table.columns[0].origin.c_str(), static_cast<long long>(count), count == 1 ? " is" : "s are", what);
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
