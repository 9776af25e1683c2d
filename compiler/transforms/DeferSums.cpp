// nn-defer-sums: sum over t of a_t^T b_t = A^T B, with the steps below each other.
#include "compiler/dialect/Scan.h"
#include "compiler/dialect/Shapes.h"
#include "compiler/transforms/Passes.h"
#include "compiler/transforms/SumTerms.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

using namespace mlir;

namespace nn {

#define GEN_PASS_DEF_DEFERSUMSPASS
#include "compiler/transforms/Passes.h.inc"

namespace {

RankedTensorType typeOf(Value value) { return cast<RankedTensorType>(value.getType()); }

bool isDeferrable(Value term) {
  if (auto matmul = term.getDefiningOp<MatMulOp>())
    return matmul.getType().getRank() == 2 && matmul.getTransposeLhs() && !matmul.getTransposeRhs();
  auto reduce = term.getDefiningOp<ReduceOp>();
  return reduce && reduce.getKind() == "sum" && !reduce.getAxes().empty() && reduce.getAxes().front() == 0;
}

struct DeferSumsPass : impl::DeferSumsPassBase<DeferSumsPass> {
  void runOnOperation() override {
    SmallVector<ScanOp> scans;
    getOperation().walk([&](ScanOp scan) { scans.push_back(scan); });
    for (ScanOp scan : scans)
      defer(scan);
  }

  void defer(ScanOp scan) {
    for (unsigned k = 0; k < scan.getInits().size(); ++k) {
      Value state = scan.carriedArguments()[k], next = scan.next().getCarried()[k];
      if (!state.hasOneUse() || !next.getDefiningOp<AddOp>() || !next.hasOneUse())
        continue;
      SmallVector<Value> terms = termsOf(next.getDefiningOp<AddOp>());
      if (!llvm::is_contained(terms, state))
        continue;
      SmallVector<Value> late;
      llvm::copy_if(terms, std::back_inserter(late), isDeferrable);
      if (late.empty())
        continue;
      llvm::erase_if(terms, isDeferrable);
      keepRest(scan, k, terms);
      for (Value term : late)
        scan = addAfter(scan, k, term);
    }
  }

  // The state is the sum of what is left in the loop.
  void keepRest(ScanOp scan, unsigned state, ArrayRef<Value> terms) {
    OpBuilder builder(scan.next());
    Value sum = terms.front();
    for (Value term : terms.drop_front())
      sum = AddOp::create(builder, term.getLoc(), sum.getType(), sum, term);
    scan.next().getCarriedMutable()[state].set(sum);
  }

  // The whole of what a value is taken from at the step; null if it is made there.
  Value wholeOf(ScanOp scan, Value value) {
    auto take = value.getDefiningOp<TakeOp>();
    auto whole = take ? dyn_cast<BlockArgument>(take.getX()) : BlockArgument();
    return whole && take.getAt() == scan.stepArgument() ? scan.outside(whole) : Value();
  }

  // The values that make a term, stacked, or the stacks they are taken from.
  ScanOp stacksOf(ScanOp scan, ValueRange values, SmallVectorImpl<Value> &stacks) {
    SmallVector<Value> made, found;
    for (Value value : values)
      if (!wholeOf(scan, value))
        made.push_back(value);
    scan = withStacks(scan, made, found);
    auto *next = found.begin();
    for (Value value : values) {
      Value whole = wholeOf(scan, value);
      stacks.push_back(whole ? whole : *next++);
    }
    return scan;
  }

  ScanOp addAfter(ScanOp scan, unsigned state, Value term) {
    Operation *op = term.getDefiningOp();
    SmallVector<Value> stacks;
    scan = stacksOf(scan, op->getOperands(), stacks);
    Value final = scan.finals()[state];
    ImplicitLocOpBuilder builder(op->getLoc(), getOperation());
    builder.setInsertionPointAfter(scan);
    Value sum = isa<MatMulOp>(op) ? product(builder, stacks, term)
                                  : reduction(builder, stacks.front(), cast<ReduceOp>(op));
    auto total = AddOp::create(builder, sum.getType(), final, sum);
    final.replaceAllUsesExcept(total, total);
    ++deferred;
    return scan;
  }

  Value product(ImplicitLocOpBuilder &builder, ArrayRef<Value> stacks, Value term) {
    SmallVector<Value> flat;
    for (Value stack : stacks) {
      RankedTensorType type = typeOf(stack);
      int64_t rows = ShapedType::kDynamic;
      if (type.hasStaticShape())
        rows = *staticElements(type.getShape().drop_back());
      flat.push_back(ReshapeOp::create(builder, type.clone({rows, type.getShape().back()}), stack));
    }
    return MatMulOp::create(builder, term.getType(), flat[0], flat[1], true, false);
  }

  Value reduction(ImplicitLocOpBuilder &builder, Value stack, ReduceOp term) {
    int64_t steps = scannedAxis(term.getX().getType().getShape());
    SmallVector<int64_t> axes = {steps};
    for (int64_t axis : term.getAxes())
      axes.push_back(axis + (axis >= steps));
    llvm::sort(axes);
    return ReduceOp::create(builder, term.getType(), "sum", stack, axes);
  }
};

} // namespace
} // namespace nn
