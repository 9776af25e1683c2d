// One set of staging buffers lies beside the inputs in the arena: a step reads these while the next batch
// grows in those.
#include "runtime/data/BatchFeed.h"
#include "runtime/base/ThreadPool.h"

#include <algorithm>
#include <new>

using namespace nnrt;

// Rows that a thread makes in one go: short enough that a step hardly waits for it.
constexpr int64_t elementsPerChunk = 8192;

std::vector<const nn_data *> nnrt::dataSetsOf(const nn_program &program, const nn_train &train) {
  std::vector<const nn_data *> sets = {&program.data[train.data]};
  for (uint32_t i = 0; i < train.other_count; ++i)
    sets.push_back(&program.data[train.others[i]]);
  return sets;
}

BatchFeed::BatchFeed(const std::vector<const nn_data *> &data, const std::vector<const Split *> &splits,
                     const Preprocessing &preprocessing, FeedMode mode) {
  const Preprocess *fields = preprocessing.data();
  int64_t elements = 0;
  std::optional<uint64_t> seed = mode.shuffle ? std::optional(mode.seed) : std::nullopt;
  for (size_t i = 0; i < data.size(); fields += data[i]->field_count, ++i) {
    // The rounds of the first are the epochs, which count from 1.
    std::string purpose = i == 0 ? "runtime.shuffle" : std::string("runtime.shuffle.") + data[i]->name;
    sets.push_back(std::make_unique<Set>(Set{RecordOrder(*splits[i], seed, purpose, i == 0),
                                             BatchFiller(*data[i], *splits[i]->table, fields),
                                             {},
                                             {}}));
    if (mode.isTraining && data[i]->balance)
      sets.back()->order.balance(valueOf(*splits[i]->table, data[i]->balance - 1));
    elements += sets.back()->filler.rowElements();
  }
  rowsPerChunk = std::max<int64_t>(1, elementsPerChunk / std::max<int64_t>(elements, 1));
}

Status BatchFeed::augment(uint64_t seed) {
  for (std::unique_ptr<Set> &set : sets)
    NNRT_TRY(set->filler.augment(seed));
  return Done{};
}

BatchFeed::~BatchFeed() {
  if (background)
    finishBackground();
}

void BatchFeed::takeRows(Batch batch) {
  for (std::unique_ptr<Set> &set : sets) {
    set->rows.resize(size_t(batch.rows));
    set->order.take(batch.first, batch.rows, set->rows.data());
  }
  taken = batch;
}

void BatchFeed::fillChunk(uint8_t *arena, int64_t chunk) {
  int64_t first = chunk * rowsPerChunk, count = std::min(rowsPerChunk, taken.rows - first);
  for (std::unique_ptr<Set> &set : sets)
    set->filler.fill(arena, {set->rows.data(), taken.rows, first, count});
}

void BatchFeed::stageChunk(void *context, int64_t chunk) {
  BatchFeed &feed = *static_cast<BatchFeed *>(context);
  int64_t first = chunk * feed.rowsPerChunk, count = std::min(feed.rowsPerChunk, feed.taken.rows - first);
  for (std::unique_ptr<Set> &set : feed.sets)
    set->filler.stage(set->staged.get(), feed.taken.rows, {set->rows.data(), feed.taken.rows, first, count});
}

void BatchFeed::fill(uint8_t *arena, int64_t first, int64_t rows) {
  Batch wanted{first, rows};
  if (background) {
    finishBackground();
    bool isReady = *background == wanted;
    background.reset();
    if (isReady) {
      for (std::unique_ptr<Set> &set : sets)
        set->filler.unstage(arena, set->staged.get(), rows, rows);
      return;
    }
  }
  takeRows(wanted);
  parallelChunks(chunks(rows), [&](int64_t chunk) { fillChunk(arena, chunk); });
}

bool BatchFeed::Set::makeRoom(uint64_t bytes) {
  if (bytes <= room)
    return true;
  staged.reset(); // first: the two together may be more than there is
  staged.reset(new (std::nothrow) uint8_t[bytes]);
  room = staged ? bytes : 0;
  return bool(staged);
}

// A single thread would gain nothing but a copy. Nor is it worth ending a training: where memory is short,
// `fill` makes the batch in its turn.
void BatchFeed::prepare(int64_t first, int64_t rows) {
  if (threadCount() == 1)
    return;
  if (background)
    finishBackground();
  background.reset();
  for (std::unique_ptr<Set> &set : sets)
    if (!set->makeRoom(set->filler.stagedBytes(rows)))
      return;
  background = Batch{first, rows};
  takeRows(*background);
  startBackground(&BatchFeed::stageChunk, this, chunks(rows));
}
