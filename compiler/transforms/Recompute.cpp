// nn-recompute: memory is slow, and arithmetic that follows a read is nearly free.
#include "compiler/transforms/CheapOps.h"
#include "compiler/transforms/Passes.h"

using namespace mlir;

namespace nn {

#define GEN_PASS_DEF_RECOMPUTEPASS
#include "compiler/transforms/Passes.h.inc"

namespace {

// Readers that can make the value themselves; all others need it in memory.
bool canMakeItsOperand(Operation *reader) {
  return reader->hasTrait<OpTrait::Elementwise>() || isa<ReduceOp, MomentsOp, ArgMaxOp>(reader);
}

struct RecomputePass : impl::RecomputePassBase<RecomputePass> {
  void runOnOperation() override {
    // The last first: a chain is copied from its end, and its readers' copies become readers of what is
    // before.
    for (Block &block : getOperation().getBody())
      recompute(block);
    getOperation().walk([&](ScanOp scan) { recompute(*scan.block()); });
  }

  void recompute(Block &block) {
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
      if (isCheapFromMemory(&op))
        copyForReaders(&op);
  }

  void copyForReaders(Operation *op) {
    llvm::SetVector<Operation *> readers = readersOf(op->getResult(0));
    if (!llvm::all_of(readers, canMakeItsOperand))
      return;
    for (Operation *reader : llvm::drop_begin(readers)) {
      Operation *copy = OpBuilder(reader).clone(*op);
      reader->replaceUsesOfWith(op->getResult(0), copy->getResult(0));
      ++copied;
    }
  }
};

} // namespace
} // namespace nn
