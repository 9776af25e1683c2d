// Elementary functions on f32 as upstream's polynomials, on scalars too: what a function gives must not depend on
// whether its element lies in a whole vector or behind the last one.
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
      if (op->getNumResults() == 1 && getElementTypeOrSelf(op->getResult(0)).isF32() &&
          isa<math::MathDialect>(op->getDialect()))
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
