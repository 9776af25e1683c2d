// Means and variances are joined value by value (Welford 1962), which is exact where sums of squares cancel.
#include "runtime/train/Measures.h"
#include "runtime/train/MeasureNodes.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace nnrt;

namespace {

// Elements that the call left, all records of it.
int64_t elementsOf(const nn_tensor &tensor, int64_t rows) {
  bool perRecord = tensor.rank > 0 && tensor.shape[0] < 0;
  return elementCount(tensor) * (perRecord ? rows : 1);
}

double startOf(uint32_t kind) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return kind == NN_TOTAL_MAX ? -infinity : kind == NN_TOTAL_MIN ? infinity : 0;
}

bool isMoment(uint32_t kind) { return kind == NN_TOTAL_MEAN || kind == NN_TOTAL_VARIANCE; }

} // namespace

void Total::addMoments(double value, size_t channel) {
  double distance = value - sums[channel];
  sums[channel] += distance / double(count);
  squares[channel] += distance * (value - sums[channel]);
}

void Total::add(const Arena &arena, int64_t rows) {
  const nn_tensor &tensor = total.value;
  int64_t elements = elementsOf(tensor, rows);
  if (total.kind == NN_TOTAL_AREA) {
    for (int64_t i = 0; i < elements; ++i)
      sums.push_back(arena.number(tensor, i));
    return;
  }
  size_t width = size_t(isMoment(total.kind) ? tensor.shape[tensor.rank - 1] : elementCount(tensor));
  sums.resize(width, startOf(total.kind));
  squares.resize(width, 0);
  for (int64_t i = 0; i < elements; ++i) {
    double value = arena.number(tensor, i);
    size_t place = size_t(i) % width;
    if (isMoment(total.kind)) {
      count += place == 0;
      addMoments(value, place);
    } else if (total.kind == NN_TOTAL_SUM) {
      sums[place] += value;
    } else if (total.kind == NN_TOTAL_LAST) {
      sums[place] = value;
    } else {
      sums[place] = total.kind == NN_TOTAL_MAX ? std::max(sums[place], value) : std::min(sums[place], value);
    }
  }
}

std::vector<double> Total::finish() const {
  if (total.kind == NN_TOTAL_AREA)
    return {rankArea(sums)};
  std::vector<double> values = total.kind == NN_TOTAL_VARIANCE ? squares : sums;
  if (total.kind == NN_TOTAL_VARIANCE)
    for (double &value : values)
      value /= double(count);
  return values;
}

Measures::Measures(const nn_train &train) : train(train) {
  for (uint32_t i = 0; i < train.total_count; ++i)
    totals.emplace_back(train.totals[i]);
}

void Measures::add(const Arena &arena, int64_t newRows) {
  for (Total &total : totals)
    total.add(arena, newRows);
  rows += newRows;
}

std::vector<MeasuredValue> Measures::finish() const {
  std::vector<std::vector<double>> joined;
  for (const Total &total : totals)
    joined.push_back(total.finish());
  std::vector<std::vector<double>> values = evaluateNodes(train, joined, rows);
  std::vector<MeasuredValue> measured;
  for (uint32_t i = 0; i < train.measure_count; ++i) {
    const nn_node &node = train.nodes[train.measures[i].node];
    measured.push_back({train.measures[i].name, std::vector<int64_t>(node.shape, node.shape + node.rank),
                        values[size_t(train.measures[i].node)]});
  }
  return measured;
}

double nnrt::rankArea(std::vector<double> pairs) {
  std::vector<std::pair<double, bool>> records;
  for (size_t i = 0; i + 1 < pairs.size(); i += 2)
    records.emplace_back(pairs[i], pairs[i + 1] != 0);
  std::sort(records.begin(), records.end());
  double positives = 0, negatives = 0, area = 0;
  for (size_t first = 0; first < records.size();) {
    double tiedPositives = 0, tiedNegatives = 0;
    size_t end = first;
    for (; end < records.size() && records[end].first == records[first].first; ++end)
      (records[end].second ? tiedPositives : tiedNegatives) += 1;
    if (end == first) // not a number, which equals nothing
      return std::numeric_limits<double>::quiet_NaN();
    area += tiedPositives * (negatives + tiedNegatives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
    first = end;
  }
  return area / (positives * negatives);
}
