// The pass nn-to-linalg: asks each family of ops in turn.
#include "compiler/lowering/LinalgBuilder.h"

namespace nn {
#define GEN_PASS_DEF_TOLINALGPASS
#include "compiler/lowering/Passes.h.inc"
} // namespace nn

using namespace mlir;
using namespace nn;

namespace {

SmallVector<Value> lower(LinalgBuilder &builder, Operation *op) {
  for (auto family : {lowerElementwise, lowerShape, lowerReduction, lowerContraction, lowerLookup,
                      lowerPooling, lowerRandom})
    if (SmallVector<Value> values = family(builder, op); !values.empty())
      return values;
  return {};
}

struct ToLinalg : nn::impl::ToLinalgPassBase<ToLinalg> {
  void runOnOperation() override {
    func::FuncOp kernel = getOperation();
    if (!kernel->hasAttr("nn.kernel"))
      return;
    LinalgBuilder builder(kernel);
    SmallVector<Operation *> ops;
    for (Operation &op : kernel.getBody().front())
      if (isa_and_present<NnDialect>(op.getDialect()) && !isa<ScatterAddOp>(op))
        ops.push_back(&op);
    for (Operation *op : ops) {
      builder.b.setInsertionPoint(op);
      builder.b.setLoc(op->getLoc());
      SmallVector<Value> values = lower(builder, op);
      if (values.empty()) {
        op->emitError("no lowering to linalg");
        return signalPassFailure();
      }
      op->replaceAllUsesWith(values);
      op->erase();
    }
  }
};

} // namespace
