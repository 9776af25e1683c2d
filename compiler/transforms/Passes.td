#ifndef NN_TRANSFORMS_PASSES_TD
#define NN_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

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
