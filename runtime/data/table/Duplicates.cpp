#include "runtime/data/table/Duplicates.h"

#include "runtime/data/ColumnWriter.h"

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

// The records of a column that stay.
template <class T>
Result<Column> without(const Column &column, const std::vector<bool> &leaves, uint64_t tableBytes) {
  ColumnWriter<T> writer(column.origin, column.shape, tableBytes);
  Status appended = Done{};
  for (size_t row = 0; appended && row < leaves.size(); ++row)
    if (!leaves[row])
      column.visit(int64_t(row), [&](const auto *elements) {
        std::vector<T> copy(elements, elements + column.width);
        appended = writer.append(copy.data());
      });
  NNRT_TRY(std::move(appended));
  NNRT_ASSIGN(Column kept, writer.finish());
  kept.dictionary = column.dictionary;
  return kept;
}

} // namespace

void Duplicates::add(const std::vector<double> &values) {
  for (double value : values) {
    uint64_t bits;
    value += 0.0; // one zero; the NaN of a missing cell is always the same
    memcpy(&bits, &value, sizeof bits);
    low = fold(low ^ bits ^ 0xa0761d6478bd642f, 0xe7037ed1a0b428db);
    high = (high + bits) * 0x589965cc75374cc3 + (low >> 32);
  }
}

Status Duplicates::end() {
  const uint64_t print[] = {low, high};
  return prints.append(reinterpret_cast<const uint8_t *>(print));
}

// Equal rows are in one part.
void Duplicates::markIn(const Column &all, uint64_t part, uint64_t parts, std::vector<bool> &leaves) const {
  std::vector<Row> rows;
  rows.reserve(leaves.size() / parts + leaves.size() / (8 * parts));
  for (size_t place = 0; place < leaves.size(); ++place)
    all.visit(int64_t(place), [&](const auto *bytes) {
      Row row{0, 0, int64_t(place)};
      memcpy(&row.low, bytes, sizeof row.low);
      memcpy(&row.high, reinterpret_cast<const uint8_t *>(bytes) + sizeof row.low, sizeof row.high);
      if ((row.low >> 32) * parts >> 32 == part)
        rows.push_back(row);
    });
  std::sort(rows.begin(), rows.end(), [](const Row &a, const Row &b) {
    return std::tie(a.low, a.high, a.place) < std::tie(b.low, b.high, b.place);
  });
  for (size_t i = 1; i < rows.size(); ++i)
    if (rows[i].low == rows[i - 1].low && rows[i].high == rows[i - 1].high)
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
      NNRT_ASSIGN(column, column.isBytes()                 ? without<uint8_t>(column, leaves, tableBytes)
                          : column.values.index() % 3 == 1 ? without<float>(column, leaves, tableBytes)
                                                           : without<double>(column, leaves, tableBytes));
    }
  table.records -= count;
  return table;
}
