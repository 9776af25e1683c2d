// The loader: batches of one or several data sets. While a step runs, the batch behind it is made by the
// threads of the pool that have nothing else to do; what is missing when it is wanted, all threads make
// together. A value depends on the seed, the round and the record only, so it is the same whoever makes it.
#ifndef NN_RUNTIME_DATA_BATCHFEED_H
#define NN_RUNTIME_DATA_BATCHFEED_H

#include "runtime/data/Batch.h"

#include <memory>

namespace nnrt {

// The data sets of a training, the one that its epochs count first.
std::vector<const nn_data *> dataSetsOf(const nn_program &program, const nn_train &train);

// What batches are for. Those of a training are balanced where the data set says so; with `shuffle`, rounds
// are mixed. Without it they are in file order.
struct FeedMode {
  bool isTraining = false, shuffle = false;
  uint64_t seed = 0;
};

class BatchFeed {
public:
  // A split a data set; splits and preprocessing, that of all data sets in a row, must outlive the feed.
  BatchFeed(const std::vector<const nn_data *> &data, const std::vector<const Split *> &splits,
            const Preprocessing &preprocessing, FeedMode mode = {});
  BatchFeed(const BatchFeed &) = delete;
  BatchFeed &operator=(const BatchFeed &) = delete;
  ~BatchFeed();
  // For a training: its batches are augmented as the data sets ask. Before the first batch.
  Status augment(uint64_t seed);

  // Rows [first, first + rows) of the endless sequence of each data set.
  void fill(uint8_t *arena, int64_t first, int64_t rows);
  // Begins to make a batch that a later `fill` will ask for, if there is memory to make it in.
  void prepare(int64_t first, int64_t rows);

private:
  struct Set {
    RecordOrder order;
    BatchFiller filler;
    std::vector<BatchRow> rows; // of the batch
    std::unique_ptr<uint8_t[]> staged;
    uint64_t room = 0; // bytes there
    bool makeRoom(uint64_t bytes);
  };
  struct Batch {
    int64_t first = 0, rows = 0;
    bool operator==(const Batch &other) const { return first == other.first && rows == other.rows; }
  };
  void takeRows(Batch batch);
  int64_t chunks(int64_t rows) const { return (rows + rowsPerChunk - 1) / rowsPerChunk; }
  void fillChunk(uint8_t *arena, int64_t chunk);
  static void stageChunk(void *feed, int64_t chunk);

  std::vector<std::unique_ptr<Set>> sets;
  int64_t rowsPerChunk = 1;
  Batch taken;                     // whose rows the sets hold
  std::optional<Batch> background; // the batch that is being made
};

} // namespace nnrt

#endif
