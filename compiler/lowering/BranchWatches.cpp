// The conditions of an entry become branches, the last first: each splits off what lies behind it, which
// from the first on would be the rest of the entry every time.
#include "compiler/lowering/Passes.h"

namespace nn {
#define GEN_PASS_DEF_BRANCHWATCHESPASS
#include "compiler/lowering/Passes.h.inc"
} // namespace nn

using namespace mlir;
using namespace nn;

namespace {

struct BranchWatches : nn::impl::BranchWatchesPassBase<BranchWatches> {
  void runOnOperation() override {
    if (!getOperation()->hasAttr("nn.entry"))
      return;
    SmallVector<scf::IfOp> watches(getOperation().getBody().front().getOps<scf::IfOp>());
    for (scf::IfOp watch : llvm::reverse(watches))
      if (watch.getNumResults() == 0 && !watch.elseBlock())
        branch(watch);
  }

  void branch(scf::IfOp watch) {
    Block *before = watch->getBlock(), *behind = before->splitBlock(std::next(watch->getIterator()));
    Block *inside = watch.thenBlock();
    OpBuilder builder(inside->getTerminator());
    cf::BranchOp::create(builder, watch.getLoc(), behind);
    inside->getTerminator()->erase();
    before->getParent()->getBlocks().splice(behind->getIterator(), watch.getThenRegion().getBlocks());
    builder.setInsertionPoint(watch);
    cf::CondBranchOp::create(builder, watch.getLoc(), watch.getCondition(), inside, behind);
    watch.erase();
  }
};

} // namespace
