// Which records of the other data sets stand beside a batch depends on its place in the training only, so a
// step can be run again exactly.
#include "runtime/data/BatchFeed.h"

using namespace nnrt;

std::vector<const nn_data *> nnrt::dataSetsOf(const nn_program &program, const nn_train &train) {
  std::vector<const nn_data *> sets = {&program.data[train.data]};
  for (uint32_t i = 0; i < train.other_count; ++i)
    sets.push_back(&program.data[train.others[i]]);
  return sets;
}

Indices Cycle::take(int64_t first, int64_t rows) {
  Indices records;
  for (int64_t place = first; place < first + rows; ++place) {
    if (int64_t now = place / split.size(); now != round) {
      round = now;
      order = split.records;
      if (seed) {
        order = keyedPermutation(split.size(), *seed, std::string("runtime.shuffle.") + data.name,
                                 uint32_t(round));
        for (int64_t &position : order)
          position = split.records[size_t(position)];
      }
    }
    records.push_back(order[size_t(place % split.size())]);
  }
  return records;
}

BatchFeed::BatchFeed(const std::vector<const nn_data *> &data, const std::vector<const Split *> &splits,
                     const Preprocessing &preprocessing, std::optional<uint64_t> seed) {
  const Preprocess *fields = preprocessing.data();
  for (size_t i = 0; i < data.size(); fields += data[i]->field_count, ++i) {
    fillers.emplace_back(*data[i], *splits[i]->table, fields);
    if (i > 0)
      others.emplace_back(*data[i], *splits[i], seed);
  }
}

void BatchFeed::fill(uint8_t *arena, const int64_t *records, int64_t rows, int64_t seen) {
  fillers[0].fill(arena, records, rows);
  for (size_t i = 0; i < others.size(); ++i)
    fillers[i + 1].fill(arena, others[i].take(seen, rows).data(), rows);
}
