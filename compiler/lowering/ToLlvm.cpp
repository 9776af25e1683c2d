// The end of the way down: entries keep their names, all else is internal, and neither grows into the other.
#include "compiler/lowering/Passes.h"

namespace nn {
#define GEN_PASS_DEF_TOLLVMPASS
#include "compiler/lowering/Passes.h.inc"
} // namespace nn

using namespace mlir;
using namespace nn;

namespace {

struct ToLlvm : nn::impl::ToLlvmPassBase<ToLlvm> {
  void runOnOperation() override {
    for (auto function : getOperation().getOps<LLVM::LLVMFuncOp>()) {
      if (function.isExternal())
        continue;
      // A kernel called once would vanish into its entry, and entries of deep nets would grow beyond all
      // measure.
      function.setNoInline(true);
      // A list of calls, long in deep nets: there is nothing in it that is worth the time.
      if (function->hasAttr("nn.entry"))
        function.setOptimizeNone(true);
      else
        function.setLinkage(LLVM::Linkage::Internal);
    }
  }
};

} // namespace
