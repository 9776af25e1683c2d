#ifndef NN_TRANSFORMS_PASSES_TD
#define NN_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def FoldBatchNormPass : Pass<"nn-fold-batch-norm", "::mlir::func::FuncOp"> {
  let summary = "moves per-channel affine maps behind a contraction into its filter and a bias";
  let description = [{
    Requires: an entry without training: none of its results has the role parameter, state or optimizer.
    Does: for y = conv(x, W) or y = matmul(x, W) with W made from parameters and state only, takes the chain of
    add, sub, mul, div and neg behind it whose other operands are made from parameters and state only and are scalars
    or vectors over the last axis. The chain is y s + t, and becomes conv(x, W s) + t.
    Guarantees: where it fires, no op of the chain is left but one add; what is new on parameters and state depends on
    nothing else, so that `nn-hoist-weights` computes it once.
    Does not fire: where a value of the chain but the last has other users; where the chain only adds; for batch
    statistics, which are made from the batch; for filters made from the batch. Rounding changes, as with any folding.

    Example:
    ```mlir
    %y = nn.matmul %x, %w : tensor<?x3xf32>, tensor<3x4xf32> -> tensor<?x4xf32>
    %s1 = nn.broadcast %s axes [1] rows %n : tensor<4xf32> -> tensor<?x4xf32>
    %z = nn.mul %y, %s1 : tensor<?x4xf32>
    ```
    becomes `nn.matmul %x, (w s)`.
  }];
  let dependentDialects = ["::nn::NnDialect"];
  let statistics = [Statistic<"folded", "folded", "Number of contractions that took a map in">];
}

def HoistWeightsPass : Pass<"nn-hoist-weights", "::mlir::ModuleOp"> {
  let summary = "moves what depends on weights only into the entry `fold`";
  let description = [{
    Requires: entries as the dialect's README says; run before fusion.
    Does: in every entry without training (as for `nn-fold-batch-norm`) but `init`, finds values that are made from
    parameters and state only. What the rest of the entry reads of them becomes a result of the new entry `fold`, with
    the role `folded`, and an argument here. Equal values of several entries are computed once.
    Guarantees: `fold` depends on nothing but parameters and state; no entry computes what `fold` has.
    Does not: hoist constants, nor a broadcast or reshape that ends such a computation (the value before it is hoisted
    instead): they cost nothing where they are, or more memory than time.

    Example: `nn.rsqrt %variance` of an `eval` moves to `fold`; `eval` gets an argument of the role `folded`.
  }];
  let dependentDialects = ["::nn::NnDialect", "::mlir::func::FuncDialect"];
  let statistics = [Statistic<"hoisted", "hoisted", "Number of values made once">];
}

def FusePass : Pass<"nn-fuse", "::mlir::func::FuncOp"> {
  let summary = "groups ops that become one kernel into nn.fused";
  let description = [{
    Requires: a function of one block without `nn.gradient`; run after all passes that look at single ops.
    Does: forms groups over one iteration space. A group holds at most one root: a contraction (matmul, conv,
    conv_input_grad, conv_filter_grad), a pooling op, or a reduction (reduce, moments, argmax); all else in it is
    elementwise, or a broadcast, one_hot, random or constant.
    - Epilogue: elementwise ops of the shape of the root's result, also such as do not depend on the root.
    - Prologue: before a reduction only, ops of its operand's shape all of whose uses lie in the group; none where
      the operand comes from a contraction that nobody else reads (that one has them as its epilogue).
    - Without a root: elementwise ops of one shape that are connected.
    - Broadcasts, one_hots and constants are copied into every group that reads them.
    - A value that others need is one more result; a prologue has none.
    Guarantees: no cycle between groups; every group has one op besides its copies, or more; a single op stays
    bare unless it reads something that is copied into its group. Scalars (rank 0) form groups of their own and are
    never the epilogue of a root. Reshape, transpose, slice, pad and concat stay outside.
    Does not: reorder what is computed; each element has the same operations in the same order as before.

    Example:
    ```mlir
    %y = nn.matmul %x, %w : tensor<?x3xf32>, tensor<3x4xf32> -> tensor<?x4xf32>
    %c1 = nn.broadcast %c axes [1] rows %n : tensor<4xf32> -> tensor<?x4xf32>
    %z = nn.add %y, %c1 : tensor<?x4xf32>
    ```
    becomes one `nn.fused(%a = %x, %b = %w, %d = %c, %e = %n)`.
  }];
  let dependentDialects = ["::nn::NnDialect"];
  let statistics = [Statistic<"groups", "groups", "Number of groups made">];
}

#endif
