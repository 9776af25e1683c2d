#ifndef NN_TRANSFORMS_PASSES_TD
#define NN_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def FoldBatchNormPass : Pass<"nn-fold-batch-norm", "::mlir::func::FuncOp"> {
  let summary = "moves per-channel affine maps behind a contraction into its filter and a bias";
  let description = [{
    Requires: an entry without training: none of its results has the role parameter, state or optimizer.
    Does: for y = conv(x, W), y = matmul(x, W) or a transposed convolution of one group, with W made from parameters
    and state only, takes the chain of add, sub, mul, div and neg behind it whose other operands are made from
    parameters and state only and are scalars or vectors over the last axis. The chain is y s + t, and becomes conv(x, W s) + t.
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

def FactorSumsPass : Pass<"nn-factor-sums", "::mlir::func::FuncOp"> {
  let summary = "takes factors that do not vary along the summed axes out of sums";
  let description = [{
    Requires: single ops, before fusion.
    Does: sum(x v) = v sum(x), for a sum over axes along which v is a broadcast; also for -x and x / v. Products are
    looked through as far as they go, and what is left is multiplied in text order, so that sums that differ in such
    factors only become equal. The backward pass of a batch normalization has two sums over the batch then, not four.
    Guarantees: what is summed has no more factors than before. Rounding changes. Run canonicalize and cse after it.
    Does not: touch a sum of which nothing would be left, nor one of more than 8 factors.

    Example:
    ```mlir
    %v1 = nn.broadcast %v axes [1] rows %n : tensor<4xf32> -> tensor<?x4xf32>
    %p = nn.mul %x, %v1 : tensor<?x4xf32>
    %s = nn.reduce "sum" %p axes [0] : tensor<?x4xf32> -> tensor<4xf32>
    ```
    becomes `v sum(x)`.
  }];
  let dependentDialects = ["::nn::NnDialect"];
  let statistics = [Statistic<"factored", "factored", "Number of sums factored">];
}

def RecomputePass : Pass<"nn-recompute", "::mlir::func::FuncOp"> {
  let summary = "gives each reader of a cheap value its own copy of it";
  let description = [{
    Requires: single ops; run right before `nn-fuse`, without cse between, which would undo it.
    Does: copies add, sub, mul, neg, abs, sign, max and min for each op that reads them, where one operand only is neither a
    broadcast nor a constant, and that one is in memory anyway: an argument, or read by several ops. A reader then reads
    that operand instead of a tensor of the same size that would have to be written first.
    Guarantees: the same bits.
    Does not: copy what a contraction, a pooling, a change of shape or the caller reads, since that is written in any case;
    nor the op behind a contraction, whose operand is in registers there only; nor scalars.

    Example: in a batch normalization, the deviation x - mean is made again in the backward pass from x.
  }];
  let dependentDialects = ["::nn::NnDialect"];
  let statistics = [Statistic<"copied", "copied", "Number of copies made">];
}

def JoinPartsPass : Pass<"nn-join-parts", "::mlir::func::FuncOp"> {
  let summary = "a sum of padded tensors that lie side by side becomes their concatenation";
  let description = [{
    Requires: single ops.
    Does: in a sum of several terms, those that are made by padding along one axis only, and together cover it without gap or
    overlap, become one `concat`. Such sums are the gradients of tensors that were split.
    Guarantees: the same values, but that -0 may become what it was before 0 was added to it.
    Does not: touch paddings that others read, that overlap, or that leave gaps.

    Example: `test/transforms/join-parts.mlir`
  }];
  let dependentDialects = ["::nn::NnDialect"];
  let statistics = [Statistic<"joined", "joined", "Number of sums that became a concatenation">];
}

def HoistFromScansPass : Pass<"nn-hoist-from-scans", "::mlir::func::FuncOp"> {
  let summary = "computes before a scan what its steps have in common";
  let description = [{
    Requires: single ops; canonicalize and cse before it, so that constants and broadcasts stand in the bodies.
    Does: an op of a body that reads captures only goes before the scan. `matmul(take(x), w)` with a captured `w` becomes
    `take(matmul(x, w))`, one product over all steps. A captured right side that is transposed in each product is transposed
    once before.
    Guarantees: the same values; sums keep their order.
    Does not: move constants, broadcasts and extents, which cost nothing where they are; touch what depends on a state.

    Example: `test/transforms/hoist-from-scans.mlir`
  }];
  let dependentDialects = ["::nn::NnDialect"];
  let statistics = [Statistic<"hoisted", "hoisted", "Number of ops made before a scan">];
}

def DeferSumsPass : Pass<"nn-defer-sums", "::mlir::func::FuncOp"> {
  let summary = "a sum over the steps of a scan becomes one product or sum after it";
  let description = [{
    Requires: single ops.
    Does: a state that a step only adds to, `s + matmul(a transposed, b)` or `s + sum(v)` over the first axis, as the
    backward pass makes for each weight and bias, is computed after the scan from stacks of a and b, or of v: one large
    product over batch and time instead of many small ones. What is taken from a stack already is not stacked again.
    Guarantees: the state is gone after canonicalize. The order of the sum changes.
    Does not: touch a state that the body reads elsewhere, nor other terms of such a sum, which stay in the loop.

    Example: `test/transforms/defer-sums.mlir`
  }];
  let dependentDialects = ["::nn::NnDialect"];
  let statistics = [Statistic<"deferred", "deferred", "Number of terms computed after a scan">];
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
