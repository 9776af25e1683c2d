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

Evaluation nnrt::evaluate(const nn_program &program, const nn_train &train, Arena &arena, const Split &split,
                          const Preprocessing &preprocessing) {
  if (program.fold)
    program.fold(arena.data(), train.batch, 0);
  BatchFiller filler(program.data[train.data], *split.table, preprocessing);
  RowMeans terms(train.eval_terms, train.eval_term_count), measures(train.measures, train.measure_count);
  for (int64_t first = 0; first < split.size(); first += train.batch) {
    int64_t rows = std::min(train.batch, split.size() - first);
    filler.fill(arena.data(), &split.records[size_t(first)], rows);
    train.eval(arena.data(), rows, 0);
    terms.add(arena, rows);
    measures.add(arena, rows);
  }
  return {terms.means(), measures.means(), split.size()};
}
