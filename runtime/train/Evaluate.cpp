// Sums are in double, so that the mean of a large split does not depend on its size.
#include "runtime/train/Evaluate.h"

#include <algorithm>

using namespace nnrt;

void RowMeans::add(const Arena &arena, int64_t newRows) {
  for (size_t i = 0; i < sums.size(); ++i)
    sums[i] += double(newRows) * arena.number(results[i].value);
  rows += newRows;
}

std::vector<NamedValue> RowMeans::means() const {
  std::vector<NamedValue> values;
  for (size_t i = 0; i < sums.size(); ++i)
    values.push_back({results[i].name, mean(i)});
  return values;
}

void RowMeans::reset() {
  std::fill(sums.begin(), sums.end(), 0);
  rows = 0;
}

Evaluation nnrt::evaluate(const nn_program &program, const nn_train &train, Arena &arena,
                          const std::vector<const Split *> &splits, const Preprocessing &preprocessing,
                          bool checks) {
  if (program.fold)
    program.fold(arena.data(), train.batch, 0);
  const Split &split = *splits[0];
  BatchFeed feed(dataSetsOf(program, train), splits, preprocessing);
  RowMeans terms(train.eval_terms, train.eval_term_count);
  Measures measures(train);
  for (int64_t first = 0; first < split.size(); first += train.batch) {
    int64_t rows = std::min(train.batch, split.size() - first);
    feed.fill(arena.data(), first, rows);
    if (int64_t next = first + rows; next < split.size())
      feed.prepare(next, std::min(train.batch, split.size() - next));
    train.eval(arena.data(), rows, checks ? NN_WATCH_CHECKS : 0);
    terms.add(arena, rows);
    measures.add(arena, rows);
  }
  Evaluation result{terms.means(), {}, {}, split.size()};
  for (MeasuredValue &measured : measures.finish())
    if (measured.shape.empty())
      result.measures.push_back({measured.name, measured.values[0]});
    else
      result.tables.push_back(std::move(measured));
  return result;
}
