// Ops that make fewer elements of many along axes, and one-hot, which goes the other way.
#ifndef NN_OPS_REDUCTIONS_TD
#define NN_OPS_REDUCTIONS_TD

include "compiler/dialect/ops/Types.td"

def NnReduction : StringBasedAttr<CPred<"::llvm::is_contained({\"sum\", \"max\", \"min\", \"prod\"}, "
                                        "::llvm::cast<::mlir::StringAttr>($_self).getValue())">,
                                  "sum, max, min or prod">;

def ReduceOp : NnOp<"reduce", [Pure, AllElementTypesMatch<["x", "result"]>]> {
  let summary = "a sum, maximum, minimum or product over axes";
  let description = [{
    (C1) `axes` is strictly increasing and in range. (C2) The result's shape is that of `x` without them.
    The order of a floating sum is fixed and does not depend on the number of threads.

    Example: `%s = nn.reduce "sum" %x axes [0] : tensor<?x10xf32> -> tensor<10xf32>`
  }];
  let arguments = (ins NnReduction:$kind, NnFloatTensor:$x, DenseI64ArrayAttr:$axes);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = "$kind $x `axes` $axes attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
}

def ArgMaxOp : NnOp<"argmax", [Pure]> {
  let summary = "the place of the first maximum along an axis";
  let description = [{
    (C1) `axis` is in range and static. (C2) The result's shape is that of `x` without it.

    Example: `%k = nn.argmax %x axis 1 : tensor<?x10xf32> -> tensor<?xi32>`
  }];
  let arguments = (ins NnFloatTensor:$x, I64Attr:$axis);
  let results = (outs NnLabelTensor:$result);
  let assemblyFormat = "$x `axis` $axis attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
}

def MomentsOp : NnOp<"moments", [Pure, AllElementTypesMatch<["x", "mean", "variance"]>]> {
  let summary = "mean and biased variance over axes";
  let description = [{
    `mean = sum(x) / k`, `variance = sum((x - mean)^2) / k`, k the count of the reduced axes; computed in two passes.
    (C1), (C2) as for `reduce`.

    Example: `%m, %v = nn.moments %x axes [0, 1, 2] : tensor<?x8x8x4xf32> -> tensor<4xf32>`
  }];
  let arguments = (ins NnFloatTensor:$x, DenseI64ArrayAttr:$axes);
  let results = (outs NnFloatTensor:$mean, NnFloatTensor:$variance);
  let assemblyFormat = "$x `axes` $axes attr-dict `:` type($x) `->` type($mean) `,` type($variance)";
  let hasVerifier = 1;
}

def OneHotOp : NnOp<"one_hot", [Pure]> {
  let summary = "a mask that is true at the label";
  let description = [{
    `result[i, k] = (label[i] == k)`. (C1) The result has one more axis, the last, of static length.

    Example: `%m = nn.one_hot %label : tensor<?xi32> -> tensor<?x10xi1>`
  }];
  let arguments = (ins NnLabelTensor:$label);
  let results = (outs NnMaskTensor:$result);
  let assemblyFormat = "$label attr-dict `:` type($label) `->` type($result)";
  let hasVerifier = 1;
}

#endif
