// Losses and measures of a split, batch by batch in a fixed order. A loss is the mean over its records.
#ifndef NN_RUNTIME_TRAIN_EVALUATE_H
#define NN_RUNTIME_TRAIN_EVALUATE_H

#include "runtime/data/BatchFeed.h"
#include "runtime/train/Measures.h"

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
  std::vector<NamedValue> terms;     // the first is the loss
  std::vector<NamedValue> measures;  // those that are a number
  std::vector<MeasuredValue> tables; // the others
  int64_t samples = 0;
  double loss() const { return terms.empty() ? 0 : terms[0].value; }
};

// `fold` first, then `eval` over the split of the first data set, with those of the others beside it.
Evaluation evaluate(const nn_program &program, const nn_train &train, Arena &arena,
                    const std::vector<const Split *> &splits, const Preprocessing &preprocessing,
                    bool checks = false);

} // namespace nnrt

#endif
