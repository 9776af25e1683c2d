// The end of the way down: entries keep their names, all else is internal.
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
    for (auto function : getOperation().getOps<LLVM::LLVMFuncOp>())
      if (!function.isExternal() && !function->hasAttr("nn.entry"))
        function.setLinkage(LLVM::Linkage::Internal);
  }
};

} // namespace
