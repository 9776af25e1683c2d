// The end of the way down: entries keep their names, all else is internal, and neither grows into the other.
#include "compiler/lowering/Passes.h"

namespace nn {
#define GEN_PASS_DEF_TOLLVMPASS
#include "compiler/lowering/Passes.h.inc"
} // namespace nn

using namespace mlir;
using namespace nn;

namespace {

constexpr StringLiteral loopAnnotation = "llvm.loop_annotation"; // upstream's name

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

// Upstream's conversions carry what is said about a loop along, but as an attribute that translation does not
// know.
void annotateLoops(LLVM::LLVMFuncOp function) {
  function.walk([](LLVM::BrOp branch) {
    if (auto annotation =
            dyn_cast_or_null<LLVM::LoopAnnotationAttr>(branch->getDiscardableAttr(loopAnnotation)))
      branch.setLoopAnnotationAttr(annotation);
    branch->removeDiscardableAttr(loopAnnotation);
  });
}

struct ToLlvm : nn::impl::ToLlvmPassBase<ToLlvm> {
  void runOnOperation() override {
    for (auto function : getOperation().getOps<LLVM::LLVMFuncOp>()) {
      if (function.isExternal())
        continue;
      // A kernel called once would vanish into its entry, and entries of deep nets would grow beyond all
      // measure.
      function.setNoInline(true);
      annotateLoops(function);
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
