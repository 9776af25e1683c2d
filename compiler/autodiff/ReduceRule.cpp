// Derivatives of the reductions: sum, product, and the extrema, whose gradient goes to the first place that
// has it.
#include "compiler/autodiff/Rules.h"
#include "compiler/dialect/Shapes.h"

using namespace mlir;

namespace nn {
namespace {

RankedTensorType typeOf(Value value) { return cast<RankedTensorType>(value.getType()); }

SmallVector<int64_t> keptAxes(ReduceOp y) { return otherAxes(y.getAxes(), y.getX().getType().getRank()); }

Value spread(ReduceOp y, Value value, Adjoint &a) { return a.broadcastLike(value, keptAxes(y), y.getX()); }

// The reduced axes are brought behind the others and merged into one, whose first maximum `argmax` finds.
Value toFirstExtremum(ReduceOp y, Value g, Adjoint &a) {
  SmallVector<int64_t> permutation = keptAxes(y);
  size_t keptCount = permutation.size();
  llvm::append_range(permutation, y.getAxes());
  Value x = a.transpose(y.getX(), permutation);
  SmallVector<int64_t> merged(y.getType().getShape());
  merged.push_back(*staticElements(typeOf(x).getShape().drop_front(keptCount)));
  Value rows = a.reshape(x, merged);
  if (y.getKind() == "min")
    rows = a.neg(rows);

  RankedTensorType label = y.getType().clone(a.builder.getI32Type());
  Value place = ArgMaxOp::create(a.builder, label, rows, keptCount);
  Value mask = OneHotOp::create(a.builder, typeOf(rows).clone(a.builder.getI1Type()), place);
  SmallVector<int64_t> axes = llvm::to_vector(llvm::seq<int64_t>(0, keptCount));
  Value picked = a.select(mask, a.broadcastLike(g, axes, rows), a.splat(0, rows));
  return a.transpose(a.reshape(picked, typeOf(x).getShape()), inversePermutation(permutation));
}

// Over the batch, whose places cannot be numbered when compiling, all that have the extremum share its
// gradient.
Value toAllExtrema(ReduceOp y, Value g, Adjoint &a) {
  Value mask = a.compare("eq", y.getX(), spread(y, y, a));
  Value share = a.div(g, a.sum(a.castLike(mask, g), y.getAxes()));
  return a.select(mask, spread(y, share, a), a.splat(0, y.getX()));
}

// dy/dx = the product of the other elements: y/x; with one zero the product of the others at that zero, and 0
// elsewhere; with more zeros 0.
Value ofProduct(ReduceOp y, Value g, Adjoint &a) {
  Value x = y.getX(), zero = a.splat(0, x), one = a.splat(1, x);
  Value isZero = a.compare("eq", x, zero);
  Value nonZero = a.select(isZero, one, x);
  Value product = ReduceOp::create(a.builder, y.getType(), "prod", nonZero, y.getAxes());
  Value zeros = a.sum(a.castLike(isZero, x), y.getAxes());
  Value allOthers = a.select(a.compare("eq", zeros, a.splat(0, zeros)), product, a.splat(0, product));
  Value otherThanZero = a.select(a.compare("eq", zeros, a.splat(1, zeros)), product, a.splat(0, product));
  Value slope = a.select(isZero, spread(y, otherThanZero, a), a.div(spread(y, allOthers, a), nonZero));
  return a.mul(spread(y, g, a), slope);
}

Value gradientOf(ReduceOp y, Value g, Adjoint &a) {
  if (y.getKind() == "sum")
    return spread(y, g, a);
  if (y.getKind() == "prod")
    return ofProduct(y, g, a);
  auto isDynamic = [&](int64_t axis) { return y.getX().getType().isDynamicDim(axis); };
  return llvm::any_of(y.getAxes(), isDynamic) ? toAllExtrema(y, g, a) : toFirstExtremum(y, g, a);
}

} // namespace

void addReduceRule(RuleTable &table) {
  table.rule<ReduceOp>(
      [](ReduceOp y, Value g, Adjoint &a) { a.flow(y.getX(), [&] { return gradientOf(y, g, a); }); });
}

} // namespace nn
