// nn-factor-sums: sum over i of x[i, j] v[j] = v[j] times the sum over i of x[i, j].
#include "compiler/dialect/Shapes.h"
#include "compiler/transforms/Passes.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

using namespace mlir;

namespace nn {

#define GEN_PASS_DEF_FACTORSUMSPASS
#include "compiler/transforms/Passes.h.inc"

namespace {

// Powers written as products of products could have any number of factors.
constexpr size_t maxFactors = 8;

// A sum whose operand is a product, sign * rest... * constant.../ divisor...
class Product {
public:
  explicit Product(ReduceOp sum) : sum(sum), kept(otherAxes(sum.getAxes(), sum.getX().getType().getRank())) {
    split(sum.getX());
  }

  // Something is taken out, and something is left to sum.
  bool isWorthwhile() const {
    return !isTooLong && !rest.empty() && (isNegative || !factors.empty() || !divisors.empty());
  }

  Value factor();

private:
  void split(Value product);
  bool isConstantAlongSum(Value value);
  Value atResult(ImplicitLocOpBuilder &builder, BroadcastOp broadcast);

  ReduceOp sum;
  SmallVector<int64_t> kept;
  SmallVector<Value> rest;
  SmallVector<BroadcastOp> factors, divisors;
  bool isNegative = false, isTooLong = false;
};

void Product::split(Value product) {
  SmallVector<Value> open = {product};
  while (!open.empty() && rest.size() + open.size() <= maxFactors) {
    Value value = open.pop_back_val();
    Operation *op = value.getDefiningOp();
    if (isConstantAlongSum(value)) {
      factors.push_back(cast<BroadcastOp>(op));
    } else if (isa_and_nonnull<MulOp>(op)) {
      open.append({op->getOperand(1), op->getOperand(0)});
    } else if (isa_and_nonnull<NegOp>(op)) {
      isNegative = !isNegative;
      open.push_back(op->getOperand(0));
    } else if (isa_and_nonnull<DivOp>(op) && isConstantAlongSum(op->getOperand(1))) {
      divisors.push_back(op->getOperand(1).getDefiningOp<BroadcastOp>());
      open.push_back(op->getOperand(0));
    } else {
      rest.push_back(value);
    }
  }
  isTooLong = !open.empty();
}

bool Product::isConstantAlongSum(Value value) {
  auto broadcast = value.getDefiningOp<BroadcastOp>();
  return broadcast && llvm::none_of(broadcast.getAxes(),
                                    [&](int64_t axis) { return llvm::is_contained(sum.getAxes(), axis); });
}

// The broadcast to the shape of the sum's result.
Value Product::atResult(ImplicitLocOpBuilder &builder, BroadcastOp broadcast) {
  SmallVector<int64_t> axes;
  for (int64_t axis : broadcast.getAxes())
    axes.push_back(llvm::find(kept, axis) - kept.begin());
  if (axes.size() == kept.size())
    return broadcast.getX();
  bool makesRows = llvm::any_of(otherAxes(axes, kept.size()),
                                [&](int64_t axis) { return sum.getType().isDynamicDim(axis); });
  return BroadcastOp::create(builder, sum.getType(), broadcast.getX(),
                             makesRows ? broadcast.getRows() : Value(), axes);
}

Value Product::factor() {
  ImplicitLocOpBuilder builder(sum.getLoc(), sum);
  // In text order, so that equal products are written alike.
  llvm::stable_sort(rest, [](Value a, Value b) {
    Operation *x = a.getDefiningOp(), *y = b.getDefiningOp();
    if (!x || !y)
      return !x && (y || cast<BlockArgument>(a).getArgNumber() < cast<BlockArgument>(b).getArgNumber());
    return x != y && x->isBeforeInBlock(y);
  });
  Value product = rest.front();
  for (Value value : llvm::drop_begin(rest))
    product = MulOp::create(builder, product.getType(), product, value);
  Value result = ReduceOp::create(builder, sum.getType(), "sum", product, sum.getAxes());
  if (isNegative)
    result = NegOp::create(builder, result.getType(), result);
  for (BroadcastOp value : factors)
    result = MulOp::create(builder, result.getType(), result, atResult(builder, value));
  for (BroadcastOp value : divisors)
    result = DivOp::create(builder, result.getType(), result, atResult(builder, value));
  return result;
}

struct FactorSumsPass : impl::FactorSumsPassBase<FactorSumsPass> {
  void runOnOperation() override {
    SmallVector<ReduceOp> sums;
    getOperation().walk([&](ReduceOp op) {
      if (op.getKind() == "sum")
        sums.push_back(op);
    });
    for (ReduceOp sum : sums) {
      Product product(sum);
      if (!product.isWorthwhile())
        continue;
      sum.getResult().replaceAllUsesWith(product.factor());
      sum.erase();
      ++factored;
    }
  }
};

} // namespace
} // namespace nn
