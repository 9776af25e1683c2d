// Class-balanced sampling of a training part. A round has as many rows as the part has records and shares
// them among the classes that occur there, to within one row. Each class goes through its own records in
// rounds of its own, each in an order of its own, so that the records of a rare class come several times in a
// round and all equally often. A function of (seed, round, place).
#ifndef NN_RUNTIME_DATA_BALANCEDORDER_H
#define NN_RUNTIME_DATA_BALANCEDORDER_H

#include "runtime/data/Classes.h"

#include <optional>
#include <string>
#include <vector>

namespace nnrt {

struct BatchRow {
  int64_t record;
  // How often the record has come before: with it, the round keys what is random about the row, so that no
  // two rows of a training are augmented alike.
  uint32_t round;
};

class BalancedOrder {
public:
  // Without a seed, classes take turns and their records come in the order of the file. Rounds of a row count
  // from `firstRound`.
  BalancedOrder(const Indices &records, const ValueOf &classOf, std::optional<uint64_t> seed,
                const std::string &purpose, uint32_t firstRound);
  BatchRow at(int64_t place) const;

private:
  std::vector<Indices> members; // of each class
  int64_t rows;                 // of a round
  std::optional<uint64_t> seed;
  uint32_t slots; // purposes
  std::vector<uint32_t> classes;
  uint32_t firstRound;
};

} // namespace nnrt

#endif
