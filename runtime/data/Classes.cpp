// Values are told apart by their bits; both zeros are one value, and all that are not a number.
#include "runtime/data/Classes.h"
#include "runtime/data/Table.h"

#include <cmath>
#include <cstring>

using namespace nnrt;

ValueOf nnrt::valueOf(const Table &table, size_t column) {
  const Column &values = table.columns[column];
  return [&values](int64_t record) { return values.at(record, 0); };
}

uint64_t Classes::keyOf(double value) {
  value = std::isnan(value) ? NAN : value == 0 ? 0.0 : value;
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

Classes::Classes(const Indices &records, ValueOf valueOf) : value(std::move(valueOf)) {
  if (!value) {
    sizes.push_back(records.size());
    return;
  }
  for (int64_t record : records) {
    auto [place, isNew] = places.try_emplace(keyOf(value(record)), sizes.size());
    if (isNew)
      sizes.push_back(0);
    ++sizes[place->second];
  }
}
