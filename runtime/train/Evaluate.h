// Losses and measures of a split: the means over its records, batch by batch in a fixed order.
#ifndef NN_RUNTIME_TRAIN_EVALUATE_H
#define NN_RUNTIME_TRAIN_EVALUATE_H

#include "runtime/data/Batch.h"
#include "runtime/train/Arena.h"

namespace nnrt {

struct NamedValue {
  std::string name;
  double value;
};

// Means of results over calls, weighted by their rows.
class RowMeans {
public:
  RowMeans(const nn_result *results, uint32_t count) : results(results), sums(count) {}
  void add(const Arena &arena, int64_t rows);
  double mean(size_t index) const { return rows ? sums[index] / double(rows) : 0; }
  std::vector<NamedValue> means() const;
  void reset();

private:
  const nn_result *results;
  std::vector<double> sums;
  int64_t rows = 0;
};

struct Evaluation {
  std::vector<NamedValue> terms; // the first is the loss
  std::vector<NamedValue> measures;
  int64_t samples = 0;
  double loss() const { return terms.empty() ? 0 : terms[0].value; }
};

// `fold` first, then `eval` over the split.
Evaluation evaluate(const nn_program &program, const nn_train &train, Arena &arena, const Split &split,
                    const Preprocessing &preprocessing);

} // namespace nnrt

#endif
