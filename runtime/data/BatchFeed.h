// The batches of a training: rows of its first data set in the order that the caller wants, and beside them
// as many rows of each other data set, which cycle.
#ifndef NN_RUNTIME_DATA_BATCHFEED_H
#define NN_RUNTIME_DATA_BATCHFEED_H

#include "runtime/data/Batch.h"

namespace nnrt {

// The data sets of a training, the one that its epochs count first.
std::vector<const nn_data *> dataSetsOf(const nn_program &program, const nn_train &train);

// Records of a split again and again; each round has an order of its own.
class Cycle {
public:
  // Without a seed, every round is in file order.
  Cycle(const nn_data &data, const Split &split, std::optional<uint64_t> seed)
      : data(data), split(split), seed(seed) {}
  // The records in places [first, first + rows) of the endless sequence.
  Indices take(int64_t first, int64_t rows);

private:
  const nn_data &data;
  const Split &split;
  std::optional<uint64_t> seed;
  int64_t round = -1;
  Indices order;
};

class BatchFeed {
public:
  // A split a data set; splits and preprocessing, that of all data sets in a row, must outlive the feed.
  BatchFeed(const std::vector<const nn_data *> &data, const std::vector<const Split *> &splits,
            const Preprocessing &preprocessing, std::optional<uint64_t> seed);
  // `seen` counts the records of the first data set before these, since the beginning.
  void fill(uint8_t *arena, const int64_t *records, int64_t rows, int64_t seen);

private:
  std::vector<BatchFiller> fillers;
  std::vector<Cycle> others;
};

} // namespace nnrt

#endif
