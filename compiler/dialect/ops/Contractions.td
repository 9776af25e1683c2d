// Matrix products and convolutions with their gradients.
#ifndef NN_OPS_CONTRACTIONS_TD
#define NN_OPS_CONTRACTIONS_TD

include "compiler/dialect/ops/Types.td"

def MatMulOp : NnOp<"matmul", [Pure, AllElementTypesMatch<["lhs", "rhs", "result"]>]> {
  let summary = "matrix product";
  let description = [{
    `result[m, n] = sum_k lhs[m, k] * rhs[k, n]`, either operand transposed on request; with rank 3 the first axis
    is a batch of products. (C1) Both have rank 2 or both rank 3 with equal first axes. (C2) The k axes agree.
    (C3) The result's shape follows.

    Example: `%y = nn.matmul %x, %w : tensor<?x784xf32>, tensor<784x10xf32> -> tensor<?x10xf32>`
    Example: `%dw = nn.matmul %x transposed, %dy : tensor<?x784xf32>, tensor<?x10xf32> -> tensor<784x10xf32>`
  }];
  let arguments = (ins NnFloatTensor:$lhs, NnFloatTensor:$rhs, UnitAttr:$transposeLhs, UnitAttr:$transposeRhs);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = [{
    $lhs (`transposed` $transposeLhs^)? `,` $rhs (`transposed` $transposeRhs^)? attr-dict
    `:` type($lhs) `,` type($rhs) `->` type($result)
  }];
  let hasVerifier = 1;
}

// Windows over the spatial axes of [n, spatial…, c]: one entry per spatial axis; `padding` has low and high
// for each (low0, high0, low1, high1, …).
class NnConvOp<string mnemonic, list<string> sameElements> : NnOp<mnemonic, [Pure, AllElementTypesMatch<sameElements>]> {
  let results = (outs NnFloatTensor:$result);
  let hasVerifier = 1;
}

def ConvOp : NnConvOp<"conv", ["input", "filter", "result"]> {
  let summary = "convolution (cross-correlation) over the spatial axes";
  let description = [{
    `result[n, o, f] = sum_{k, c} input[n, o*stride + k*dilation - low, c] * filter[k, c, f]`, zeros outside.
    input [n, spatial…, c], filter [kernel…, c / groups, f].
    (C1) Ranks agree, 1 to 3 spatial axes. (C2) c and f are multiples of `groups`. (C3) strides, dilations, groups
    at least 1, padding not negative. (C4) The output's lengths are floor((in + low + high - dilation*(k-1) - 1)/stride) + 1, at least 1.

    Example: `%y = nn.conv %x, %w strides [1, 1] padding [1, 1, 1, 1] dilations [1, 1] groups 1
               : tensor<?x28x28x1xf32>, tensor<3x3x1x32xf32> -> tensor<?x28x28x32xf32>`
  }];
  let arguments = (ins NnFloatTensor:$input, NnFloatTensor:$filter, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$padding, DenseI64ArrayAttr:$dilations, I64Attr:$groups);
  let assemblyFormat = [{
    $input `,` $filter `strides` $strides `padding` $padding `dilations` $dilations `groups` $groups attr-dict
    `:` type($input) `,` type($filter) `->` type($result)
  }];
}

def ConvInputGradOp : NnConvOp<"conv_input_grad", ["gradient", "filter", "result"]> {
  let summary = "the gradient of `conv` with respect to its input";
  let description = [{
    The adjoint of `conv` in its input, of the result's shape. (C1) A `conv` of the result's type with `filter` has the type of `gradient`.

    Example: `%dx = nn.conv_input_grad %dy, %w strides [1, 1] padding [1, 1, 1, 1] dilations [1, 1] groups 1
               : tensor<?x28x28x32xf32>, tensor<3x3x1x32xf32> -> tensor<?x28x28x1xf32>`
  }];
  let arguments = (ins NnFloatTensor:$gradient, NnFloatTensor:$filter, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$padding, DenseI64ArrayAttr:$dilations, I64Attr:$groups);
  let assemblyFormat = [{
    $gradient `,` $filter `strides` $strides `padding` $padding `dilations` $dilations `groups` $groups attr-dict
    `:` type($gradient) `,` type($filter) `->` type($result)
  }];
}

def ConvFilterGradOp : NnConvOp<"conv_filter_grad", ["input", "gradient", "result"]> {
  let summary = "the gradient of `conv` with respect to its filter";
  let description = [{
    The adjoint of `conv` in its filter, of the result's shape. (C1) A `conv` of `input` with a filter of the result's type has the type of `gradient`.

    Example: `%dw = nn.conv_filter_grad %x, %dy strides [1, 1] padding [1, 1, 1, 1] dilations [1, 1] groups 1
               : tensor<?x28x28x1xf32>, tensor<?x28x28x32xf32> -> tensor<3x3x1x32xf32>`
  }];
  let arguments = (ins NnFloatTensor:$input, NnFloatTensor:$gradient, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$padding, DenseI64ArrayAttr:$dilations, I64Attr:$groups);
  let assemblyFormat = [{
    $input `,` $gradient `strides` $strides `padding` $padding `dilations` $dilations `groups` $groups attr-dict
    `:` type($input) `,` type($gradient) `->` type($result)
  }];
}

#endif
