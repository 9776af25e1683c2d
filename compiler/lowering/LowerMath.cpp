// Elementary functions on f32 vectors as upstream's polynomials.
#include "compiler/lowering/Passes.h"

#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace nn {
#define GEN_PASS_DEF_LOWERMATHPASS
#include "compiler/lowering/Passes.h.inc"
} // namespace nn

using namespace mlir;
using namespace nn;

namespace {

struct LowerMath : nn::impl::LowerMathPassBase<LowerMath> {
  void runOnOperation() override {
    SmallVector<Operation *> functions;
    getOperation().walk([&](Operation *op) {
      auto type = op->getNumResults() == 1 ? dyn_cast<VectorType>(op->getResult(0).getType()) : VectorType();
      if (type && type.getElementType().isF32() && isa<math::MathDialect>(op->getDialect()))
        functions.push_back(op);
    });
    if (functions.empty())
      return;
    RewritePatternSet patterns(&getContext());
    auto wanted = [](StringRef name) {
      return llvm::is_contained({"math.exp", "math.log", "math.tanh", "math.sin", "math.cos", "math.erf"},
                                name);
    };
    populateMathPolynomialApproximationPatterns(patterns, wanted);
    GreedyRewriteConfig config;
    config.setStrictness(GreedyRewriteStrictness::ExistingOps);
    config.enableFolding(false);
    (void)applyOpPatternsGreedily(functions, std::move(patterns), config);
  }
};

} // namespace
