#ifndef NN_AUTODIFF_PASSES_TD
#define NN_AUTODIFF_PASSES_TD

include "mlir/Pass/PassBase.td"

def AutodiffPass : Pass<"nn-autodiff", "::mlir::func::FuncOp"> {
  let summary = "replaces each nn.gradient by the backward pass";
  let description = [{
    Requires: a function of one block, before fusion; `nn.gradient` on values of that block.
    Does: takes the gradient ops in order, so that a gradient may differentiate an earlier one. Walks back from the
    objective, only along ops that lie between it and a value of `by`, and applies the rule of each op.
    Guarantees: no `nn.gradient` is left; every new op is an op of the dialect that has a rule itself (or whose
    derivative is zero) and bears the location of the forward op it belongs to.
    Does not: simplify; canonicalize and cse follow it in the phase.

    Example:
    ```mlir
    %y = nn.mul %x, %x : tensor<3xf32>
    %s = nn.reduce "sum" %y axes [0] : tensor<3xf32> -> tensor<f32>
    %g = nn.gradient %s by %x : (tensor<f32>, tensor<3xf32>) -> tensor<3xf32>
    ```
    becomes `x * 1 + x * 1`, each term a `nn.mul`.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::nn::NnDialect"];
  let statistics = [Statistic<"gradients", "gradients", "Number of gradient ops replaced">];
}

#endif
