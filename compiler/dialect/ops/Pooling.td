// Maxima and sums over windows with their gradients.
#ifndef NN_OPS_POOLING_TD
#define NN_OPS_POOLING_TD

include "compiler/dialect/ops/Types.td"

def MaxPoolOp : NnOp<"max_pool", [Pure, AllElementTypesMatch<["input", "result"]>]> {
  let summary = "the maximum of each window over the spatial axes, and its place";
  let description = [{
    Over [n, spatial…, c] with windows as in `conv` (no dilation); positions in the padding never win. `place` is
    the row-major position of the first maximum in its window.
    (C1) One entry of `window` and `strides` and two of `padding` per spatial axis; each padding less than its window.
    (C2) The output's lengths are floor((in + low + high - window)/stride) + 1, at least 1.

    Example: `%y, %i = nn.max_pool %x window [2, 2] strides [2, 2] padding [0, 0, 0, 0]
               : tensor<?x28x28x32xf32> -> tensor<?x14x14x32xf32>, tensor<?x14x14x32xi32>`
  }];
  let arguments = (ins NnFloatTensor:$input, DenseI64ArrayAttr:$window, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$padding);
  let results = (outs NnFloatTensor:$result, NnLabelTensor:$place);
  let assemblyFormat = [{
    $input `window` $window `strides` $strides `padding` $padding attr-dict
    `:` type($input) `->` type($result) `,` type($place)
  }];
  let hasVerifier = 1;
}

def MaxPoolGradOp : NnOp<"max_pool_grad", [Pure, AllElementTypesMatch<["gradient", "result"]>]> {
  let summary = "the gradient of `max_pool`: each value goes to the place of its maximum";
  let description = [{
    `result` is zero but for the sum of `gradient[o]` over the windows o whose `place` it is.
    (C1) A `max_pool` of the result's type has the types of `gradient` and `place`.

    Example: `%dx = nn.max_pool_grad %dy, %i window [2, 2] strides [2, 2] padding [0, 0, 0, 0]
               : tensor<?x14x14x32xf32>, tensor<?x14x14x32xi32> -> tensor<?x28x28x32xf32>`
  }];
  let arguments = (ins NnFloatTensor:$gradient, NnLabelTensor:$place, DenseI64ArrayAttr:$window,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$padding);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = [{
    $gradient `,` $place `window` $window `strides` $strides `padding` $padding attr-dict
    `:` type($gradient) `,` type($place) `->` type($result)
  }];
  let hasVerifier = 1;
}

def MaxPoolPickOp : NnOp<"max_pool_pick", [Pure, AllElementTypesMatch<["input", "result"]>]> {
  let summary = "the value at each window's place: the adjoint of `max_pool_grad`";
  let description = [{
    `result[o] = input[the position place[o] of window o]`. (C1) A `max_pool` of `input` has the types of `result` and `place`.

    Example: `%y = nn.max_pool_pick %x, %i window [2, 2] strides [2, 2] padding [0, 0, 0, 0]
               : tensor<?x28x28x32xf32>, tensor<?x14x14x32xi32> -> tensor<?x14x14x32xf32>`
  }];
  let arguments = (ins NnFloatTensor:$input, NnLabelTensor:$place, DenseI64ArrayAttr:$window,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$padding);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $place `window` $window `strides` $strides `padding` $padding attr-dict
    `:` type($input) `,` type($place) `->` type($result)
  }];
  let hasVerifier = 1;
}

def SumPoolOp : NnOp<"sum_pool", [Pure, AllElementTypesMatch<["input", "result"]>]> {
  let summary = "the sum of each window over the spatial axes";
  let description = [{
    Windows as in `max_pool`; the padding adds nothing. (C1), (C2) as for `max_pool`.

    Example: `%y = nn.sum_pool %x window [2, 2] strides [2, 2] padding [0, 0, 0, 0]
               : tensor<?x28x28x32xf32> -> tensor<?x14x14x32xf32>`
  }];
  let arguments = (ins NnFloatTensor:$input, DenseI64ArrayAttr:$window, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$padding);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = [{
    $input `window` $window `strides` $strides `padding` $padding attr-dict `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
}

def SumPoolGradOp : NnOp<"sum_pool_grad", [Pure, AllElementTypesMatch<["gradient", "result"]>]> {
  let summary = "the gradient of `sum_pool`, its adjoint: each value goes to all of its window";
  let description = [{
    `result[i]` is the sum of `gradient[o]` over the windows o that hold i.
    (C1) A `sum_pool` of the result's type has the type of `gradient`.

    Example: `%dx = nn.sum_pool_grad %dy window [2, 2] strides [2, 2] padding [0, 0, 0, 0]
               : tensor<?x14x14x32xf32> -> tensor<?x28x28x32xf32>`
  }];
  let arguments = (ins NnFloatTensor:$gradient, DenseI64ArrayAttr:$window, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$padding);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = [{
    $gradient `window` $window `strides` $strides `padding` $padding attr-dict `:` type($gradient) `->` type($result)
  }];
  let hasVerifier = 1;
}

#endif
