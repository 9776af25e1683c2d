#include "compiler/autodiff/Rules.h"
#include "compiler/dialect/Shapes.h"

using namespace mlir;

namespace nn {

// With k elements reduced: d mean/dx = 1/k, d variance/dx = 2 (x - mean)/k; the mean's own part of the latter
// vanishes, since the deviations add up to zero.
static Value gradientOf(MomentsOp y, Adjoint &a) {
  Value x = y.getX();
  SmallVector<int64_t> kept = otherAxes(y.getAxes(), y.getX().getType().getRank());
  auto spread = [&](Value value) { return a.broadcastLike(value, kept, x); };
  auto dividedByCount = [&](Value g) { return a.div(g, a.broadcastLike(a.count(x, y.getAxes()), {}, g)); };
  Value ofMean, ofVariance;
  if (Value g = a.of(y.getMean()))
    ofMean = spread(dividedByCount(g));
  if (Value g = a.of(y.getVariance()))
    ofVariance = a.mul(spread(dividedByCount(a.scale(g, 2))), a.sub(x, spread(y.getMean())));
  return ofMean && ofVariance ? a.add(ofMean, ofVariance) : ofMean ? ofMean : ofVariance;
}

void addMomentsRule(RuleTable &table) {
  table.rule<MomentsOp>(
      [](MomentsOp y, Value, Adjoint &a) { a.flow(y.getX(), [&] { return gradientOf(y, a); }); });
}

} // namespace nn
