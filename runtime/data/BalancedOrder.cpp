// Rows are slots in keyed order, and slot s belongs to class s modulo their number.
#include "runtime/data/BalancedOrder.h"
#include "runtime/data/Permutation.h"

using namespace nnrt;

BalancedOrder::BalancedOrder(const Indices &records, const ValueOf &classOf, std::optional<uint64_t> seed,
                             const std::string &purpose, uint32_t firstRound)
    : rows(records.size()), seed(seed), slots(purposeOf(purpose + ".slots")), firstRound(firstRound) {
  Classes found(records, classOf);
  members.resize(found.count());
  for (int64_t record : records)
    members[found.of(record)].push_back(record);
  for (size_t i = 0; i < members.size(); ++i)
    classes.push_back(purposeOf(purpose + ".class." + std::to_string(i)));
}

BatchRow BalancedOrder::at(int64_t place) const {
  int64_t round = place / rows, slot = place % rows, count = int64_t(members.size());
  if (seed)
    slot = permuted(slot, rows, {*seed, slots, uint32_t(round)});
  auto own = size_t(slot % count);
  // The rows that the class has in a round, and how many of its rows came before.
  int64_t ownRows = (rows - slot % count + count - 1) / count, before = round * ownRows + slot / count;
  int64_t size = members[own].size(), turn = before / size, member = before % size;
  if (seed)
    member = permuted(member, size, {*seed, classes[own], uint32_t(turn)});
  return {members[own][member], firstRound + uint32_t(turn)};
}
