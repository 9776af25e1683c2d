// Ops that move elements or repeat them, and change none.
#ifndef NN_OPS_SHAPE_TD
#define NN_OPS_SHAPE_TD

include "compiler/dialect/ops/Types.td"

def BroadcastOp : NnOp<"broadcast", [Pure, AllElementTypesMatch<["x", "result"]>]> {
  let summary = "copies along new axes";
  let description = [{
    `result[i] = x[i[axes]]`: axis k of `x` is axis `axes[k]` of the result.
    (C1) `axes` is strictly increasing, one entry per axis of `x`. (C2) The lengths of these axes agree.
    (C3) Any other result axis may have any length; it is dynamic only with `rows`, whose value it then has.

    Example: `%y = nn.broadcast %c axes [1] rows %n : tensor<10xf32> -> tensor<?x10xf32>`
  }];
  let arguments = (ins NnTensor:$x, Optional<Index>:$rows, DenseI64ArrayAttr:$axes);
  let results = (outs NnTensor:$result);
  let assemblyFormat = "$x `axes` $axes (`rows` $rows^)? attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def ReshapeOp : NnOp<"reshape", [Pure, AllElementTypesMatch<["x", "result"]>]> {
  let summary = "the same elements in row-major order under another shape";
  let description = [{
    (C1) Both shapes have the same number of elements; each has at most one dynamic axis, and one has it if the other has.

    Example: `%y = nn.reshape %x : tensor<?x7x7x64xf32> -> tensor<?x3136xf32>`
  }];
  let arguments = (ins NnTensor:$x);
  let results = (outs NnTensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def TransposeOp : NnOp<"transpose", [Pure, AllElementTypesMatch<["x", "result"]>]> {
  let summary = "a permutation of the axes";
  let description = [{
    `result[i] = x[j]` with `i[k] = j[permutation[k]]`: axis k of the result is axis permutation[k] of `x`.
    (C1) `permutation` is a permutation of the axes. (C2) The result's shape follows.

    Example: `%y = nn.transpose %x [1, 0] : tensor<3x4xf32> -> tensor<4x3xf32>`
  }];
  let arguments = (ins NnTensor:$x, DenseI64ArrayAttr:$permutation);
  let results = (outs NnTensor:$result);
  let assemblyFormat = "$x $permutation attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def SliceOp : NnOp<"slice", [Pure, AllElementTypesMatch<["x", "result"]>]> {
  let summary = "a regular part of each axis";
  let description = [{
    `result[i] = x[starts + i * strides]`. (C1) One start and stride per axis, the start in range, the stride at least 1.
    (C2) The last element is in range. (C3) A dynamic axis is taken whole: start 0, stride 1.

    Example: `%y = nn.slice %x starts [0, 2] strides [1, 1] : tensor<?x8xf32> -> tensor<?x4xf32>`
  }];
  let arguments = (ins NnTensor:$x, DenseI64ArrayAttr:$starts, DenseI64ArrayAttr:$strides);
  let results = (outs NnTensor:$result);
  let assemblyFormat = "$x `starts` $starts `strides` $strides attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def PadOp : NnOp<"pad", [Pure, AllElementTypesMatch<["x", "result"]>]> {
  let summary = "zeros before, behind and between";
  let description = [{
    The adjoint of `slice`: `result[low + i * (interior + 1)] = x[i]`, zero elsewhere.
    (C1) One `low`, `high`, `interior` per axis, none negative. (C2) The result's shape follows; a dynamic axis is not padded.

    Example: `%y = nn.pad %x low [0, 2] high [0, 2] interior [0, 0] : tensor<?x4xf32> -> tensor<?x8xf32>`
  }];
  let arguments = (ins NnFloatTensor:$x, DenseI64ArrayAttr:$low, DenseI64ArrayAttr:$high, DenseI64ArrayAttr:$interior);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = "$x `low` $low `high` $high `interior` $interior attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
}

def ConcatOp : NnOp<"concat", [Pure]> {
  let summary = "tensors one behind the other along an axis";
  let description = [{
    (C1) At least one operand; all agree, and with the result, but for `axis`. (C2) `axis` is static and the result's length is the sum.

    Example: `%y = nn.concat %a, %b axis 1 : (tensor<?x2xf32>, tensor<?x3xf32>) -> tensor<?x5xf32>`
  }];
  let arguments = (ins Variadic<NnTensor>:$parts, I64Attr:$axis);
  let results = (outs NnTensor:$result);
  let assemblyFormat = "$parts `axis` $axis attr-dict `:` functional-type($parts, $result)";
  let hasVerifier = 1;
}

#endif
