// Totals over calls of different sizes, the nodes that follow them, and the area under the curve, by hand.
#include "runtime/train/Measures.h"
#include "runtime/train/MeasureNodes.h"
#include "test/runtime/Support.h"

#include <cmath>
#include <cstring>

using namespace nnrt;
using namespace nntest;

namespace {

const int64_t rowsOfTwo[] = {-1, 2}, pairs[] = {-1, 1, 2};

// An arena with one tensor of doubles at its start.
struct Calls {
  Arena arena;
  nn_total total;

  Calls(uint32_t kind, uint32_t rank, const int64_t *shape)
      : arena(makeArena()), total{kind, {"0", NN_F64, rank, shape, 0, 1024}} {}
  static Arena makeArena() {
    nn_program program = {};
    program.arena_bytes = 1024;
    return std::move(*Arena::create(program));
  }
  // The total of these values, `perCall` records a call.
  std::vector<double> join(const std::vector<double> &values, int64_t width, int64_t perCall) {
    Total joined(total);
    for (size_t first = 0; first < values.size(); first += size_t(perCall * width)) {
      size_t count = std::min(values.size() - first, size_t(perCall * width));
      memcpy(arena.data(), &values[first], count * sizeof(double));
      joined.add(arena, int64_t(count) / width);
    }
    return joined.finish();
  }
};

nn_node node(const char *op, std::vector<int64_t> &operands, std::vector<int64_t> &shape,
             std::vector<int64_t> &axes, std::vector<int64_t> &strides, double number = 0) {
  return {op,           uint32_t(operands.size()), operands.data(), uint32_t(shape.size()),
          shape.data(), uint32_t(axes.size()),     axes.data(),     strides.data(),
          number};
}

// The value of `op` on a [2, 3] tensor of 0 to 5.
std::vector<double> onSix(const char *op, std::vector<int64_t> shape, std::vector<int64_t> axes,
                          std::vector<int64_t> strides = {}) {
  std::vector<int64_t> none, one = {0}, six = {2, 3};
  nn_node nodes[] = {node("total", none, six, none, none), node(op, one, shape, axes, strides)};
  nn_train train = {};
  train.node_count = 2;
  train.nodes = nodes;
  return evaluateNodes(train, {{0, 1, 2, 3, 4, 5}}, 10)[1];
}

using Numbers = std::vector<double>;
const Numbers values = {1, -10, 2, 20, 6, 50, 7, -30, 4, 10}; // five records of two

} // namespace

TEST(Measures, TotalsDoNotDependOnTheCalls) {
  for (int64_t perCall : {1, 2, 3, 5}) {
    EXPECT_EQ(Calls(NN_TOTAL_SUM, 2, rowsOfTwo).join(values, 2, perCall), (Numbers{20, 40}));
    EXPECT_EQ(Calls(NN_TOTAL_MAX, 1, rowsOfTwo + 1).join(values, 2, 1), (Numbers{7, 50}));
    EXPECT_EQ(Calls(NN_TOTAL_MIN, 1, rowsOfTwo + 1).join(values, 2, 1), (Numbers{1, -30}));
    EXPECT_EQ(Calls(NN_TOTAL_MEAN, 2, rowsOfTwo).join(values, 2, perCall), (Numbers{4, 8}));
    Numbers variance = Calls(NN_TOTAL_VARIANCE, 2, rowsOfTwo).join(values, 2, perCall);
    EXPECT_NEAR(variance[0], 5.2, 1e-14);
    EXPECT_NEAR(variance[1], 736, 1e-11);
  }
}

TEST(Measures, VarianceOfLargeNumbersKeepsItsDigits) {
  Numbers far;
  for (int i = 0; i < 8; ++i)
    far.push_back(1e9 + i % 2);
  const int64_t rowsOfOne[] = {-1, 1};
  EXPECT_NEAR(Calls(NN_TOTAL_VARIANCE, 2, rowsOfOne).join(far, 1, 3)[0], 0.25, 1e-12);
}

TEST(Measures, AreaCountsTiesHalf) {
  // Positives 3, 2, 2; others 2, 1: five of the six pairs are won or tied (3>2, 3>1, 2=2, 2>1, 2=2, 2>1).
  Numbers scores = {3, 1, 2, 1, 2, 1, 2, 0, 1, 0};
  EXPECT_EQ(rankArea(scores), 5.0 / 6);
  EXPECT_EQ(Calls(NN_TOTAL_AREA, 3, pairs).join(scores, 2, 2), (Numbers{5.0 / 6}));
  EXPECT_TRUE(std::isnan(rankArea({1, 1, 2, 1})));   // no negatives
  EXPECT_TRUE(std::isnan(rankArea({NAN, 1, 2, 0}))); // no order
}

TEST(Measures, NodesMoveAndJoinElements) {
  EXPECT_EQ(onSix("transpose", {3, 2}, {1, 0}), (Numbers{0, 3, 1, 4, 2, 5}));
  EXPECT_EQ(onSix("slice", {2, 2}, {0, 0}, {1, 2}), (Numbers{0, 2, 3, 5}));
  EXPECT_EQ(onSix("slice", {1, 3}, {1, 0}, {1, 1}), (Numbers{3, 4, 5}));
  EXPECT_EQ(onSix("broadcast", {2, 2, 3}, {1, 2}), (Numbers{0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(onSix("broadcast", {2, 3, 2}, {0, 1}), (Numbers{0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5}));
  EXPECT_EQ(onSix("reduce_sum", {3}, {0}), (Numbers{3, 5, 7}));
  EXPECT_EQ(onSix("reduce_max", {2}, {1}), (Numbers{2, 5}));
  EXPECT_EQ(onSix("reduce_min", {}, {0, 1}), (Numbers{0}));
  EXPECT_EQ(onSix("reduce_prod", {2}, {1}), (Numbers{0, 60}));
  EXPECT_EQ(onSix("neg", {2, 3}, {}), (Numbers{0, -1, -2, -3, -4, -5}));
}
