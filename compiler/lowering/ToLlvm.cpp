// The end of the way down: entries keep their names, all else is internal, and neither grows into the other.
#include "compiler/lowering/Passes.h"

namespace nn {
#define GEN_PASS_DEF_TOLLVMPASS
#include "compiler/lowering/Passes.h.inc"
} // namespace nn

using namespace mlir;
using namespace nn;

namespace {

// An entry computes all its addresses at its beginning, thousands in a deep net, and the register allocator
// would keep each of them up to its uses: that is quadratic. Beside its use each costs one instruction.
void sinkAddresses(LLVM::LLVMFuncOp entry) {
  SmallVector<LLVM::GEPOp> addresses;
  entry.walk([&](LLVM::GEPOp address) {
    if (isa<BlockArgument>(address.getBase()) && address.getDynamicIndices().empty())
      addresses.push_back(address);
  });
  for (LLVM::GEPOp address : addresses) {
    for (OpOperand &use : llvm::make_early_inc_range(address->getUses()))
      use.set(OpBuilder(use.getOwner()).clone(*address)->getResult(0));
    address.erase();
  }
}

struct ToLlvm : nn::impl::ToLlvmPassBase<ToLlvm> {
  void runOnOperation() override {
    for (auto function : getOperation().getOps<LLVM::LLVMFuncOp>()) {
      if (function.isExternal())
        continue;
      // A kernel called once would vanish into its entry, and entries of deep nets would grow beyond all
      // measure.
      function.setNoInline(true);
      // A list of calls, long in deep nets: there is nothing in it that is worth the time.
      if (function->hasAttr("nn.entry")) {
        function.setOptimizeNone(true);
        sinkAddresses(function);
      } else {
        function.setLinkage(LLVM::Linkage::Internal);
      }
    }
  }
};

} // namespace
