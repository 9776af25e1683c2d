// Gradients, fused ops and scans: what stands for a computation of several ops.
#ifndef NN_OPS_REGIONS_TD
#define NN_OPS_REGIONS_TD

include "compiler/dialect/ops/Types.td"

def StopGradientOp : NnOp<"stop_gradient", [Pure, Elementwise, SameOperandsAndResultType]> {
  let summary = "the identity, through which no gradient flows";
  let description = "`result = x`. Example: `%y = nn.stop_gradient %x : tensor<?x3xf32>`";
  let arguments = (ins NnFloatTensor:$x);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($result)";
}

def GradientOp : NnOp<"gradient", [Pure]> {
  let summary = "the gradients of a scalar with respect to values it depends on";
  let description = [{
    `results[k] = d objective / d with[k]`, zero where it does not depend on it. The autodiff pass replaces it by the backward pass.
    (C1) One result per value, of its type.

    Example: `%gw, %gc = nn.gradient %loss by %w, %c : (tensor<f32>, tensor<3x4xf32>, tensor<4xf32>) -> (tensor<3x4xf32>, tensor<4xf32>)`
  }];
  let arguments = (ins NnFloatScalar:$objective, Variadic<NnFloatTensor>:$with);
  let results = (outs Variadic<NnFloatTensor>:$results);
  let assemblyFormat = "$objective `by` $with attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

def FusedOp : NnOp<"fused", [Pure, IsolatedFromAbove, SingleBlockImplicitTerminator<"YieldOp">]> {
  let summary = "ops that become one kernel";
  let description = [{
    The values that the region yields, its block arguments being the operands. Holds at most one contraction,
    convolution, pooling or reduction; all else is elementwise (or a broadcast) over that op's result or operand space.
    (C1) Block arguments have the operands' types, yielded values the results'.

    Example: `%y = nn.fused(%a = %x, %b = %w) : (tensor<?x3xf32>, …) -> tensor<?x4xf32> { … nn.yield %r }`
  }];
  let arguments = (ins Variadic<AnyType>:$inputs);
  let results = (outs Variadic<NnTensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}

def YieldOp : NnOp<"yield", [Pure, Terminator, ReturnLike, HasParent<"FusedOp">]> {
  let summary = "the values of a fused group";
  let arguments = (ins Variadic<NnTensor>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
  let builders = [OpBuilder<(ins), [{ }]>];
}

def ScanOp : NnOp<"scan", [Pure, IsolatedFromAbove, AttrSizedOperandSegments, SingleBlock]> {
  let summary = "a loop over an axis with carried state";
  let description = [{
    For t = 0, 1, ... steps - 1, with `reverse` from the last to the first: the region computes the next value of each
    carried state from the present one, starting with `inits`, and values that are stacked. The results are the last
    states, then the stacks, whose place t holds the value of step t, also with `reverse`. A stack's new axis is the
    scanned axis: the second where the first is dynamic, else the first.
    (C1) The block arguments are `rows` if given, t (`tensor<i64>`), one for each of `inits`, one for each of `captures`,
    with their types. (C2) A state keeps its type. (C3) The results' types follow. (C4) `steps` is at least 1.

    Example:
    ```mlir
    %last, %all = nn.scan 50 at %t rows(%n = %rows) carry(%h = %h0) read(%x = %xs)
        : (tensor<?x8xf32>, tensor<?x50x8xf32>) -> (tensor<?x8xf32>, tensor<?x50x8xf32>) {
      %xt = nn.take %x at %t : tensor<?x50x8xf32> -> tensor<?x8xf32>
      %y = nn.add %h, %xt : tensor<?x8xf32>
      nn.next carry(%y : tensor<?x8xf32>) stack(%y : tensor<?x8xf32>)
    }
    ```
  }];
  let arguments = (ins Optional<Index>:$rows, Variadic<NnTensor>:$inits, Variadic<AnyType>:$captures,
                       I64Attr:$steps, UnitAttr:$reverse);
  let results = (outs Variadic<NnTensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let builders = [
    // A body with its first arguments and no terminator; the captures come by `isolate`.
    OpBuilder<(ins "::mlir::Value":$rows, "::mlir::ValueRange":$inits, "::mlir::TypeRange":$stacks, "int64_t":$steps,
                   "bool":$reverse)>
  ];
  let extraClassDeclaration = [{
    ::mlir::Block *block() { return &getBody().front(); }
    NextOp next();
    // Null where the scan has no rows.
    ::mlir::Value bodyRows();
    ::mlir::BlockArgument stepArgument();
    ::mlir::ValueRange carriedArguments();
    ::mlir::ValueRange captureArguments();
    ::mlir::ResultRange finals() { return getResults().take_front(getInits().size()); }
    ::mlir::ResultRange stacks() { return getResults().drop_front(getInits().size()); }
    // The value outside that a block argument is at the first step; null for t.
    ::mlir::Value outside(::mlir::BlockArgument argument);
    // Values of outside that the body reads become captures; constants, broadcasts and extents are repeated in it.
    void isolate();
    // The argument of the body for `value` of outside, captured if it is not yet.
    ::mlir::Value capture(::mlir::Value value);
  }];
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasCanonicalizeMethod = 1;
}

def NextOp : NnOp<"next", [Pure, Terminator, ReturnLike, AttrSizedOperandSegments, HasParent<"ScanOp">]> {
  let summary = "the next states of a scan and the values it stacks";
  let arguments = (ins Variadic<NnTensor>:$carried, Variadic<NnTensor>:$stacked);
  let assemblyFormat = [{
    `carry` `(` ($carried^ `:` type($carried))? `)` `stack` `(` ($stacked^ `:` type($stacked))? `)` attr-dict
  }];
}

def TakeOp : NnOp<"take", [Pure, AllElementTypesMatch<["x", "result"]>]> {
  let summary = "one place along the scanned axis";
  let description = [{
    `result[i] = x[i with t at the scanned axis]`. (C1) `x` has one more axis, the scanned one (as for `scan`): it is
    static.

    Example: `%xt = nn.take %x at %t : tensor<?x50x8xf32> -> tensor<?x8xf32>`
  }];
  let arguments = (ins NnTensor:$x, NnLongScalar:$at);
  let results = (outs NnTensor:$result);
  let assemblyFormat = "$x `at` $at attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
}

#endif
