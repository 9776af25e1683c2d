// The end of the way down: names and linkage in the LLVM dialect.
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
      if (!function->hasAttr("nn.entry")) {
        function.setLinkage(LLVM::Linkage::Internal);
        continue;
      }
      function.setLinkage(LLVM::Linkage::External);
      function.setSymName(("nn.entry." + function.getName()).str());
    }
  }
};

} // namespace
