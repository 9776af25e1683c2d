// nn-hoist-from-scans: what all steps of a scan have in common is computed once.
#include "compiler/dialect/Shapes.h"
#include "compiler/transforms/Passes.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace nn {

#define GEN_PASS_DEF_HOISTFROMSCANSPASS
#include "compiler/transforms/Passes.h.inc"

namespace {

RankedTensorType typeOf(Value value) { return cast<RankedTensorType>(value.getType()); }

bool isCapture(ScanOp scan, Value value) {
  auto argument = dyn_cast<BlockArgument>(value);
  return argument && argument.getOwner() == scan.block() &&
         (value == scan.bodyRows() ||
          argument.getArgNumber() > scan.stepArgument().getArgNumber() + scan.getInits().size());
}

// Constants and what spreads them stay: other ops fold or fuse with them there.
bool isFree(Operation *op) {
  return !isa<NnDialect>(op->getDialect()) || isa<ConstantOp, BroadcastOp, ExtentOp>(op);
}

struct HoistFromScansPass : impl::HoistFromScansPassBase<HoistFromScansPass> {
  void runOnOperation() override {
    // The inner ones first: what leaves them may leave the outer, too.
    SmallVector<ScanOp> scans;
    getOperation().walk([&](ScanOp scan) { scans.push_back(scan); });
    for (ScanOp scan : scans)
      for (Operation &op : llvm::make_early_inc_range(scan.block()->without_terminator()))
        hoist(scan, &op);
  }

  void hoist(ScanOp scan, Operation *op) {
    if (!isFree(op) && llvm::all_of(op->getOperands(), [&](Value v) { return isCapture(scan, v); }))
      return moveBefore(scan, op);
    auto matmul = dyn_cast<MatMulOp>(op);
    if (!matmul || matmul.getType().getRank() != 2 || !isCapture(scan, matmul.getRhs()))
      return;
    auto take = matmul.getLhs().getDefiningOp<TakeOp>();
    if (take && take.getAt() == scan.stepArgument() && isCapture(scan, take.getX()) &&
        !matmul.getTransposeLhs())
      return multiplyBefore(scan, matmul, take);
    if (matmul.getTransposeRhs())
      transposeBefore(scan, matmul);
  }

  Value outside(ScanOp scan, Value argument) { return scan.outside(cast<BlockArgument>(argument)); }

  void moveBefore(ScanOp scan, Operation *op) {
    IRMapping map;
    for (Value operand : op->getOperands())
      map.map(operand, outside(scan, operand));
    Operation *copy = OpBuilder(scan).clone(*op, map);
    for (auto [old, fresh] : llvm::zip(op->getResults(), copy->getResults()))
      old.replaceAllUsesWith(scan.capture(fresh));
    op->erase();
    ++hoisted;
  }

  // All places of x as rows of one matrix.
  void multiplyBefore(ScanOp scan, MatMulOp matmul, TakeOp take) {
    OpBuilder builder(scan);
    Location loc = matmul.getLoc();
    Value x = outside(scan, take.getX()), w = outside(scan, matmul.getRhs());
    RankedTensorType type = typeOf(x);
    int64_t rows = ShapedType::kDynamic;
    if (type.hasStaticShape())
      rows = *staticElements(type.getShape().drop_back());
    int64_t columns = matmul.getType().getDimSize(1);
    SmallVector<int64_t> shape(type.getShape());
    shape.back() = columns;
    Value flat = ReshapeOp::create(builder, loc, type.clone({rows, type.getShape().back()}), x);
    Value product =
        MatMulOp::create(builder, loc, type.clone({rows, columns}), flat, w, false, matmul.getTransposeRhs());
    Value all = ReshapeOp::create(builder, loc, type.clone(shape), product);
    OpBuilder inside(matmul);
    Value part = TakeOp::create(inside, loc, matmul.getType(), scan.capture(all), scan.stepArgument());
    matmul.getResult().replaceAllUsesWith(part);
    matmul.erase();
    if (take.use_empty())
      take.erase();
    ++hoisted;
  }

  void transposeBefore(ScanOp scan, MatMulOp matmul) {
    OpBuilder builder(scan);
    Value w = outside(scan, matmul.getRhs());
    RankedTensorType type = typeOf(w);
    Value turned =
        TransposeOp::create(builder, matmul.getLoc(), type.clone({type.getDimSize(1), type.getDimSize(0)}), w,
                            ArrayRef<int64_t>{1, 0});
    matmul.getRhsMutable().set(scan.capture(turned));
    matmul.setTransposeRhs(false);
    ++hoisted;
  }
};

} // namespace
} // namespace nn
