// The order in which a part's records come, round after round without end: each round visits every record
// once. It is a function of (seed, round, place), so a batch can be made again, and by any thread.
//
// Records in memory are mixed as a whole. Of records on disk a round takes blocks of neighbours in keyed
// order, as many at a time as the cache holds, and mixes within these: a record may come beside any other,
// and each is read once.
#ifndef NN_RUNTIME_DATA_RECORDORDER_H
#define NN_RUNTIME_DATA_RECORDORDER_H

#include "runtime/data/BalancedOrder.h"
#include "runtime/data/Split.h"

namespace nnrt {

class RecordOrder {
public:
  // Without a seed, in the order of the file. `purpose` keys the orders of one data set, rounds count from
  // `firstRound`. The split must outlive this.
  RecordOrder(const Split &split, std::optional<uint64_t> seed, std::string purpose, uint32_t firstRound);
  // From now on class-balanced.
  void balance(const ValueOf &classOf);
  // The rows in places [first, first + count).
  void take(int64_t first, int64_t count, BatchRow *rows);

private:
  void beginRound(int64_t newRound);
  void enterWindow(int64_t position);
  int64_t windowStart(int64_t window) const;

  const Split &split;
  std::optional<uint64_t> seed;
  std::string purpose;
  uint32_t firstRound;
  int64_t blockRecords, windowBlocks; // a whole round where records are in memory

  std::optional<BalancedOrder> balanced;
  int64_t round = -1;
  std::vector<int64_t> blocks; // of this round, in order
  int64_t shortWindow = 0;     // the one that has the last, shorter block
  int64_t start = 0;           // of the window we are in
  std::vector<int64_t> order;  // its positions in the split, mixed
};

} // namespace nnrt

#endif
